package org.privatus.node.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskingTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    private record Question(int number, ActorRef<Integer> replyTo) {}

    private final ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void an_actor_gets_the_answer_as_its_own_message() {
        ActorRef<Question> doubler = kit.spawn(doubler());
        var seen = kit.<String>createTestProbe();
        kit.spawn(asking(doubler, LONG, seen.ref()));
        assertThat(seen.receiveMessage()).isEqualTo("answer 42");
    }

    @Test
    void an_actor_is_told_of_the_timeout() {
        ActorRef<Question> silent = kit.spawn(Behaviors.<Question>ignore());
        var seen = kit.<String>createTestProbe();
        kit.spawn(asking(silent, SHORT, seen.ref()));
        assertThat(seen.receiveMessage()).isEqualTo("TimeoutException");
    }

    @Test
    void from_outside_the_stage_completes() throws Exception {
        ActorRef<Question> doubler = kit.spawn(doubler());
        var answer = Asking.<Question, Integer>ask(kit.system(), doubler, LONG, replyTo -> new Question(4, replyTo));
        assertThat(answer.toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo(8);
    }

    @Test
    void from_outside_the_stage_fails_when_nobody_answers() {
        ActorRef<Question> silent = kit.spawn(Behaviors.<Question>ignore());
        var answer = Asking.<Question, Integer>ask(kit.system(), silent, SHORT, replyTo -> new Question(4, replyTo));
        assertThatThrownBy(() -> answer.toCompletableFuture().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TimeoutException.class);
    }

    private static Behavior<Question> doubler() {
        return Behaviors.receiveMessage(question -> {
            question.replyTo().tell(2 * question.number());
            return Behaviors.same();
        });
    }

    private static Behavior<String> asking(ActorRef<Question> whom, Duration timeout, ActorRef<String> report) {
        return Behaviors.setup(context -> {
            Asking.<String, Question, Integer>ask(
                    context,
                    whom,
                    timeout,
                    replyTo -> new Question(21, replyTo),
                    answer -> "answer " + answer,
                    failure -> failure.getClass().getSimpleName());
            return Behaviors.receiveMessage(message -> {
                report.tell(message);
                return Behaviors.same();
            });
        });
    }
}
