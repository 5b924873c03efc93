package org.privatus.simulation.network;

import org.privatus.simulation.random.Mix;

/// Deals nodes out to classes in given proportions: which class a node is in follows from (seed, purpose, node) alone.
final class Weights {
    private final long key;
    private final double[] upTo;

    /// @param weights of the classes, none negative and not all 0; only their proportions count
    Weights(long seed, String purpose, double... weights) {
        this.key = Mix.of(seed, Mix.of(purpose));
        this.upTo = new double[weights.length];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            total += weights[i];
            upTo[i] = total;
        }
        for (int i = 0; i < weights.length; i++) {
            upTo[i] /= total;
        }
    }

    /// The class of a node, counted from 0.
    int of(int node) {
        double draw = Mix.uniform(Mix.of(key, node));
        int index = 0;
        while (index < upTo.length - 1 && draw >= upTo[index]) {
            index++;
        }
        return index;
    }

    /// @throws IllegalArgumentException when nothing can be dealt out
    static void require(String what, double... weights) {
        double total = 0;
        for (double weight : weights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("a weight of " + what + " is " + weight + "; allowed is 0 or more");
            }
            total += weight;
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("the weights of " + what + " add up to 0");
        }
    }
}
