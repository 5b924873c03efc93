package org.privatus.node.link.core;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What peers have asked and nobody has answered yet. Bounded: the oldest is forgotten.
final class PeerRequests {
    private final int limit;
    private final Map<Long, From> byHandle = new LinkedHashMap<>();
    private long nextHandle;

    PeerRequests(int limit) {
        this.limit = limit;
    }

    /// Where an answer has to go.
    sealed interface From {
        record Peer(Link link, long wireId) implements From {}

        record Stranger(HalfOpen halfOpen) implements From {}
    }

    long add(From from) {
        if (byHandle.size() >= limit) {
            byHandle.remove(byHandle.keySet().iterator().next());
        }
        byHandle.put(nextHandle, from);
        return nextHandle++;
    }

    /// Null if it was answered or forgotten.
    @Nullable
    From take(long handle) {
        return byHandle.remove(handle);
    }
}
