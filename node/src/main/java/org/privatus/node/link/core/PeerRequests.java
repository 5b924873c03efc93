package org.privatus.node.link.core;

import org.jspecify.annotations.Nullable;

/// What peers have asked and nobody has answered yet. Bounded: the oldest is forgotten.
final class PeerRequests {
    private final int limit;
    private final ById<From> byHandle = new ById<>();
    private long nextHandle;

    /// No lower handle waits.
    private long oldest;

    PeerRequests(int limit) {
        this.limit = limit;
    }

    /// Where an answer has to go: to a stranger's handshake, or to a peer.
    sealed interface From permits HalfOpen, From.Peer {
        record Peer(Link link, long wireId) implements From {}
    }

    long add(From from) {
        if (byHandle.size() >= limit) {
            forgetOldest();
        }
        byHandle.put(nextHandle, from);
        return nextHandle++;
    }

    private void forgetOldest() {
        while (byHandle.remove(oldest) == null) {
            oldest++;
        }
    }

    /// Null if it was answered or forgotten.
    @Nullable
    From take(long handle) {
        return byHandle.remove(handle);
    }
}
