package org.privatus.node.actor;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.function.Function;

/// What an actor does whose state is an object of its own: every message goes there, and at its end it gives up what it holds. Pekko's builders make seven
/// small objects of the same, which each message has to pass.
///
/// @param <M> the actor's messages
final class Receiving<M> extends ExtensibleBehavior<M> {
    private final Function<M, Behavior<M>> onMessage;
    private final Runnable onStop;

    Receiving(Function<M, Behavior<M>> onMessage, Runnable onStop) {
        this.onMessage = onMessage;
        this.onStop = onStop;
    }

    @Override
    public Behavior<M> receive(TypedActorContext<M> context, M message) throws Exception {
        return onMessage.apply(message);
    }

    @Override
    public Behavior<M> receiveSignal(TypedActorContext<M> context, Signal signal) {
        if (!(signal instanceof PostStop)) {
            return Behaviors.unhandled();
        }
        onStop.run();
        return this;
    }
}
