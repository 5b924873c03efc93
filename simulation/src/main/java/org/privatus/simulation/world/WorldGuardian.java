package org.privatus.simulation.world;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The parent of all nodes. It does nothing by itself: each of its messages is handled in the step of the node it is about.
final class WorldGuardian {
    private WorldGuardian() {}

    sealed interface Command permits Start, Stop {}

    record Start<T>(String name, Behavior<T> behavior, Consumer<ActorRef<T>> started) implements Command {
        void in(ActorContext<Command> context) {
            ActorRef<T> node = context.spawn(behavior, name);
            context.watch(node);
            started.accept(node);
        }
    }

    record Stop(ActorRef<?> node) implements Command {}

    /// @param crashed is told of each node that died of a failure
    static Behavior<Command> create(Consumer<String> crashed) {
        return Behaviors.setup(context -> Behaviors.receive(Command.class)
                .onAnyMessage(command -> {
                    switch (command) {
                        case Start<?> start -> start.in(context);
                        case Stop stop -> context.stop(stop.node());
                    }
                    return Behaviors.same();
                })
                .onSignal(ChildFailed.class, failed -> {
                    crashed.accept(failed.getRef().path().name() + ": " + failed.cause());
                    return Behaviors.same();
                })
                .onSignal(Terminated.class, ended -> Behaviors.same())
                .build());
    }
}
