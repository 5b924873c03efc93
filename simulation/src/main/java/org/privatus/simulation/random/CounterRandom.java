package org.privatus.simulation.random;

import java.util.random.RandomGenerator;

/// A stream whose n-th word is a function of its key and n alone (SplitMix64 from a mixed key). Streams with different keys are
/// independent for any purpose of a simulation.
public final class CounterRandom implements RandomGenerator {
    private final long key;
    private long count;

    private CounterRandom(long key) {
        this.key = key;
    }

    /// The stream of one purpose at one node.
    ///
    /// @param instance tells several streams of one purpose apart
    public static CounterRandom of(long seed, int node, String purpose, int instance) {
        return new CounterRandom(Mix.of(Mix.of(Mix.of(seed, node), Mix.of(purpose)), instance));
    }

    @Override
    public long nextLong() {
        return Mix.mix64(key + Mix.GOLDEN * ++count);
    }
}
