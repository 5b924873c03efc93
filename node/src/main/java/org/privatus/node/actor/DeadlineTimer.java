package org.privatus.node.actor;

import java.time.Duration;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.japi.function.Function;
import org.jspecify.annotations.Nullable;
import org.privatus.node.host.Time;

/// The one timer of an actor, following the deadline of its core.
///
/// A deadline that moves later, as most do with every packet, costs nothing: the timer fires once in vain and is armed
/// anew. An actor calls [#follow(long)] after each input and [#fired] when the timer's message arrives; one that comes when
/// nothing is due does nothing to a core. The scheduler is asked directly, since an actor's own timers prepare a log line
/// each, which costs more than a packet does.
///
/// @param <M> the actor's messages
final class DeadlineTimer<M> {
    private final ActorContext<M> context;
    private final Time time;
    private final M message;
    private long armedNanos = Long.MAX_VALUE;
    private @Nullable Cancellable armed;

    DeadlineTimer(ActorContext<M> context, Time time, M message) {
        this.context = context;
        this.time = time;
        this.message = message;
    }

    /// The behaviour of an actor that takes its messages there and gives the timer up at its end.
    Behavior<M> follow(Function<M, Behavior<M>> onMessage) {
        return new Receiving<>(onMessage, this::cancel);
    }

    /// @param deadlineNanos when the core wants to be called; `Long.MAX_VALUE` for never
    void follow(long deadlineNanos) {
        if (deadlineNanos >= armedNanos) {
            return;
        }
        cancel();
        armedNanos = deadlineNanos;
        Duration delay = Duration.ofNanos(Math.max(0, deadlineNanos - time.nanos()));
        armed = context.scheduleOnce(delay, context.getSelf(), message);
    }

    /// The message may be that of an earlier timer, which was too late to take back: the newer one is given up for it.
    void fired() {
        cancel();
    }

    void cancel() {
        if (armed != null) {
            armed.cancel();
            armed = null;
        }
        armedNanos = Long.MAX_VALUE;
    }
}
