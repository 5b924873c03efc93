package org.privatus.onion.stream;

import java.util.List;
import org.privatus.onion.path.PathHop;

/// What a circuit for streams shall be like.
///
/// @param hops how many relays
/// @param path which ones, nearest first; empty if they are to be chosen
public record CircuitRequest(int hops, List<PathHop> path) {
    public static final int MAX_HOPS = 6;

    public CircuitRequest {
        path = List.copyOf(path);
        if (hops < 1 || hops > MAX_HOPS || !(path.isEmpty() || path.size() == hops)) {
            throw new IllegalArgumentException(hops + " hops along a path of " + path.size());
        }
    }

    /// Through so many relays, which are chosen by the rules for all paths.
    public static CircuitRequest of(int hops) {
        return new CircuitRequest(hops, List.of());
    }

    /// Through these relays: one attempt, and no rule is applied to the path.
    public static CircuitRequest along(List<PathHop> path) {
        return new CircuitRequest(path.size(), path);
    }
}
