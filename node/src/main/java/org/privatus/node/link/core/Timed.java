package org.privatus.node.link.core;

/// Something with a deadline, at most once in a {@link DeadlineQueue}.
abstract class Timed {
    static final long NEVER = Long.MAX_VALUE;

    /// Its place in the heap, -1 when it is not in it. The queue's.
    int heapIndex = -1;

    /// Breaks ties, in order of entry. The queue's.
    long queuedOrder;

    /// When {@link #onDeadline} is to be called; {@link #NEVER} if not.
    abstract long deadlineNanos();

    abstract void onDeadline(long now);
}
