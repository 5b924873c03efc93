package org.privatus.dht.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privatus.crypto.identity.NodeId;

/// The contacts whose ids share exactly `depth` leading bits with the node's own, oldest first, and those that wait for a place.
final class Bucket {
    private final int depth;
    private final ArrayList<Neighbour> members = new ArrayList<>(0);
    private final ArrayList<Neighbour> waiting = new ArrayList<>(0);
    private long touchedNanos;

    Bucket(int depth, long now) {
        this.depth = depth;
        this.touchedNanos = now;
    }

    int depth() {
        return depth;
    }

    List<Neighbour> members() {
        return members;
    }

    List<Neighbour> waiting() {
        return waiting;
    }

    /// When somebody in the bucket was last heard from, or the bucket was last refreshed.
    long touchedNanos() {
        return touchedNanos;
    }

    void touch(long now) {
        touchedNanos = now;
    }

    Optional<Neighbour> member(NodeId id) {
        for (Neighbour member : members) {
            if (member.id().equals(id)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /// The newest goes in at the end; beyond `limit` the one that waited longest is dropped.
    void await(Neighbour neighbour, int limit) {
        waiting.removeIf(other -> other.id().equals(neighbour.id()));
        waiting.add(neighbour);
        while (waiting.size() > limit) {
            waiting.removeFirst();
        }
    }

    /// The member to ask whether it still lives, before a newcomer is turned away: one that failed, else the one unheard for longest if that is
    /// longer than `quietNanos`. None while an earlier challenge is open.
    Optional<Neighbour> doubtful(long quietNanos, long now) {
        Neighbour worst = null;
        for (Neighbour member : members) {
            if (member.challenged()) {
                return Optional.empty();
            }
            boolean inDoubt = member.demoted() || now - member.heardNanos() > quietNanos;
            if (inDoubt && (worst == null || isWorse(member, worst))) {
                worst = member;
            }
        }
        return Optional.ofNullable(worst);
    }

    private static boolean isWorse(Neighbour one, Neighbour other) {
        return one.failures() != other.failures()
                ? one.failures() > other.failures()
                : one.heardNanos() < other.heardNanos();
    }
}
