package org.privatus.node.actor;

import org.agrona.collections.Long2LongHashMap;

/// How much the messenger may still send on each splice without asking. The circuits know only what they have room for at
/// this moment; while bytes are on their way from one actor to the other, the two would count them differently. So room is
/// handed out as credit, each byte once.
final class SpliceCredits {
    private static final long UNKNOWN = -1;

    private final Long2LongHashMap outstanding = new Long2LongHashMap(UNKNOWN);

    /// All of its room is credit from the beginning.
    void opened(long splice, int room) {
        outstanding.put(splice, room);
    }

    /// The messenger has used some.
    void used(long splice, int bytes) {
        long left = outstanding.get(splice);
        if (left != UNKNOWN) {
            outstanding.put(splice, left - bytes);
        }
    }

    /// What is to be granted now that there is `room`, 0 for nothing. Small change waits for more, but never while the
    /// messenger has less than half of what there is room for.
    int grant(long splice, int room) {
        long left = outstanding.get(splice);
        if (left == UNKNOWN || left > room / 2) {
            return 0;
        }
        outstanding.put(splice, room);
        return (int) (room - left);
    }

    void closed(long splice) {
        outstanding.remove(splice);
    }
}
