package org.privatus.simulation.network;

/// Cuts what chance would let through. Called in the sender's step, and must be a function of its argument and the scenario.
@FunctionalInterface
public interface DropRule {
    boolean drops(Transit transit);
}
