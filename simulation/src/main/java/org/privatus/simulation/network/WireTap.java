package org.privatus.simulation.network;

/// Sees every datagram that nodes send, before chance or rules decide on it. Called in the sender's step; must only look.
@FunctionalInterface
public interface WireTap {
    void sent(Transit transit);
}
