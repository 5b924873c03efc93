package org.privatus.node.messaging.core;

import org.jspecify.annotations.Nullable;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.SealedText;

/// A text of ours on its way.
final class Outgoing {
    final MessageId id;
    final String text;
    final long createdAt;

    /// When it was handed in, if that was in this life.
    final long createdNanos;

    /// Whether a store knows it.
    boolean stored;

    /// Whether it has been given to a job whose result is not committed.
    boolean inWork;

    /// Committed, so it may be sent; null until then, and again when it is to be sealed anew.
    @Nullable
    SealedText sealed;

    /// The open splice that it was sent on.
    @Nullable
    Line line;

    static final long BEFORE = Long.MIN_VALUE;

    Outgoing(MessageId id, String text, long createdAt, long createdNanos) {
        this.id = id;
        this.text = text;
        this.createdAt = createdAt;
        this.createdNanos = createdNanos;
    }

    long elapsedMillis(Moment now) {
        return createdNanos == BEFORE
                ? Math.max(0, now.epochMillis() - createdAt)
                : (now.nanos() - createdNanos) / 1_000_000;
    }
}
