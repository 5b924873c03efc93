package org.privatus.node.actor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.scaladsl.AskPattern;
import org.apache.pekko.util.Timeout;
import scala.concurrent.ExecutionContext;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/// The one way to ask an actor. Pekko's Java API (`AskPattern.ask`, `ActorContext.ask`) completes on the common pool,
/// where a
/// simulated node's reply would never arrive; these stay on the dispatcher of the actors involved.
///
/// Nothing answered within the time-out is a `java.util.concurrent.TimeoutException`.
public final class Asking {
    private Asking() {}

    /// Asks from inside an actor: the outcome comes back to it as one of its own messages.
    ///
    /// @param request makes the question from the address the answer goes to
    /// @param answered makes the asker's message from the answer
    /// @param failed makes the asker's message from what went wrong
    public static <M, Q, R> void ask(
            ActorContext<M> context,
            RecipientRef<Q> to,
            Duration timeout,
            Function<ActorRef<R>, Q> request,
            Function<R, M> answered,
            Function<Throwable, M> failed) {
        context.asScala()
                .<Q, R>ask(
                        to,
                        request::apply,
                        outcome -> outcome.isSuccess()
                                ? answered.apply(outcome.get())
                                : failed.apply(outcome.failed().get()),
                        Timeout.create(timeout),
                        anyTag());
    }

    /// Asks from outside the actors. The stage completes on the dispatcher that answered: stages chained to it must not
    /// block,
    /// and must not be the `…Async` ones in a simulation.
    public static <Q, R> CompletionStage<R> ask(
            ActorSystem<?> system, RecipientRef<Q> to, Duration timeout, Function<ActorRef<R>, Q> request) {
        var answer = new CompletableFuture<R>();
        new AskPattern.Askable<>(to)
                .<R>ask(request::apply, Timeout.create(timeout), system.scheduler())
                .onComplete(
                        outcome -> outcome.isSuccess()
                                ? answer.complete(outcome.get())
                                : answer.completeExceptionally(outcome.failed().get()),
                        ExecutionContext.parasitic$.MODULE$);
        return answer;
    }

    @SuppressWarnings("unchecked")
    private static <R> ClassTag<R> anyTag() {
        return (ClassTag<R>) (ClassTag<?>) ClassTag$.MODULE$.AnyRef();
    }
}
