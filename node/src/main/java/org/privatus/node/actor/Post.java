package org.privatus.node.actor;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// A place among the children of a [NodeGuardian]: who holds it now, the how-manieth, and since when.
final class Post {
    private @Nullable ActorRef<?> holder;

    /// Made with the first crash.
    private @Nullable Backoff backoff;

    private int generation;
    private long startedNanos;

    @Nullable
    ActorRef<?> holder() {
        return holder;
    }

    boolean isHeld() {
        return holder != null;
    }

    /// Whoever began the last generation began this one.
    boolean isCurrent(int number) {
        return generation == number;
    }

    /// The number of the child that comes next, or of none: events of older ones are of no interest any more.
    int nextGeneration() {
        return ++generation;
    }

    void taken(ActorRef<?> child, long nowNanos) {
        holder = child;
        startedNanos = nowNanos;
    }

    void left() {
        holder = null;
    }

    /// How long to wait before the next child is started, after a crash now.
    Duration crashed(long nowNanos) {
        Backoff known = backoff;
        if (known == null) {
            known = new Backoff();
            backoff = known;
        }
        return known.crashed(nowNanos - startedNanos);
    }

    long crashes() {
        return backoff == null ? 0 : backoff.crashes();
    }
}
