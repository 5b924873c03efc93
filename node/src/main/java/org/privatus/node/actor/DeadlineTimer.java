package org.privatus.node.actor;

import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.privatus.node.host.Time;

/// The one timer of an actor, following the deadline of its core.
///
/// A deadline that moves later, as most do with every packet, costs nothing: the timer fires once in vain and is armed
/// anew. An actor calls [#follow] after each input and [#fired] when the timer's message arrives.
///
/// @param <M> the actor's messages
final class DeadlineTimer<M> {
    private final TimerScheduler<M> timers;
    private final Time time;
    private final M message;
    private long armedNanos = Long.MAX_VALUE;

    DeadlineTimer(TimerScheduler<M> timers, Time time, M message) {
        this.timers = timers;
        this.time = time;
        this.message = message;
    }

    /// @param deadlineNanos when the core wants to be called; `Long.MAX_VALUE` for never
    void follow(long deadlineNanos) {
        if (deadlineNanos >= armedNanos) {
            return;
        }
        armedNanos = deadlineNanos;
        timers.startSingleTimer(this, message, Duration.ofNanos(Math.max(0, deadlineNanos - time.nanos())));
    }

    void fired() {
        armedNanos = Long.MAX_VALUE;
    }
}
