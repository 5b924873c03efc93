package org.privatus.node.link.core;

import org.jspecify.annotations.Nullable;

/// What peers have asked and nobody has answered yet. Bounded: the oldest is forgotten.
final class PeerRequests {
    private final int limit;
    private final ById<From> byHandle = new ById<>();
    private long nextHandle;

    /// Those that waited when one had to be forgotten, the oldest first. Made anew when nobody of them waits any more: so the search for the oldest
    /// does not pass by all that were answered in the meantime, which in a node that runs for months are many.
    private long[] waiting = {};

    /// Where in `waiting` the search goes on.
    private int oldest;

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
        boolean forgotten = false;
        while (!forgotten) {
            if (oldest == waiting.length) {
                waiting = byHandle.ids();
                oldest = 0;
            }
            forgotten = byHandle.remove(waiting[oldest++]) != null;
        }
    }

    /// Null if it was answered or forgotten.
    @Nullable
    From take(long handle) {
        return byHandle.remove(handle);
    }
}
