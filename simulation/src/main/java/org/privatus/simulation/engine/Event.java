package org.privatus.simulation.engine;

import org.apache.pekko.actor.Cancellable;
import org.jspecify.annotations.Nullable;

/// Something that happens at a moment of virtual time on behalf of one node. Ordered by (time, causing node, its counter), which
/// no two events share.
///
/// It is its own handle for cancelling, and its own link in the queue's buckets: a million timers cost one object each.
public final class Event implements Cancellable {
    final long timeNanos;
    final int cause;
    final long sequence;
    final int owner;
    final EventKind kind;

    private final EventQueue queue;
    private @Nullable Runnable action;
    private boolean cancelled;

    @Nullable
    Event previous;

    @Nullable
    Event next;

    EventQueue.@Nullable Bucket bucket;

    Event(EventQueue queue, long timeNanos, int cause, long sequence, int owner, EventKind kind, Runnable action) {
        this.queue = queue;
        this.timeNanos = timeNanos;
        this.cause = cause;
        this.sequence = sequence;
        this.owner = owner;
        this.kind = kind;
        this.action = action;
    }

    /// Takes the action out: an event happens once.
    @Nullable
    Runnable take() {
        Runnable taken = action;
        action = null;
        return taken;
    }

    boolean isPending() {
        return action != null;
    }

    boolean isBefore(Event other) {
        if (timeNanos != other.timeNanos) {
            return timeNanos < other.timeNanos;
        }
        return cause != other.cause ? cause < other.cause : sequence < other.sequence;
    }

    /// Takes the event back; false when it has happened or was cancelled before.
    @Override
    public boolean cancel() {
        queue.checkOwner();
        if (action == null) {
            return false;
        }
        action = null;
        cancelled = true;
        queue.cancelled(this);
        return true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
