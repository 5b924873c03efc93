package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.AttemptStep;
import org.privatus.node.store.AttemptStep.Outcome;
import org.privatus.node.store.AttemptStep.Stage;

/// The attempts to reach one person: when the next one is due, and what the current one has come to.
final class Reach {
    private static final int MAX_DOUBLINGS = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final MessagingSettings settings;
    private final RandomGenerator behaviour;

    private OptionalLong opening = OptionalLong.empty();
    private long openDeadline;
    private int failures;
    private long retryAt;
    private @Nullable Running running;

    /// An attempt that has not ended.
    private record Running(Moment since, List<AttemptStep> steps) {
        long elapsedMillis(Moment now) {
            return (now.nanos() - since.nanos()) / NANOS_PER_MILLI;
        }
    }

    Reach(MessagingSettings settings, RandomGenerator behaviour, long now) {
        this.settings = settings;
        this.behaviour = behaviour;
        this.retryAt = now;
    }

    /// Whether a splice is asked for and neither there nor refused.
    boolean isOpening() {
        return opening.isPresent();
    }

    OptionalLong opening() {
        return opening;
    }

    long openDeadline() {
        return openDeadline;
    }

    long retryAt() {
        return retryAt;
    }

    /// The first attempts after a start do not all come at once.
    void scatter(long now) {
        retryAt = now + behaviour.nextLong(settings.minRetryNanos());
    }

    /// A splice is asked for under `ref`.
    void begin(long ref, Moment now) {
        opening = OptionalLong.of(ref);
        openDeadline = now.nanos() + settings.openNanos();
        running = new Running(now, new ArrayList<>());
    }

    void opened() {
        opening = OptionalLong.empty();
    }

    void step(Stage stage, Outcome outcome, String detail, Moment now) {
        if (running != null && running.steps().size() < Attempt.MAX_STEPS) {
            running.steps().add(new AttemptStep(stage, outcome, running.elapsedMillis(now), detail));
        }
    }

    /// Something was acknowledged. The attempt that led there, if it was still running.
    Optional<Attempt> succeeded(Moment now) {
        failures = 0;
        return end(Outcome.OK, now);
    }

    /// The attempt, or the splice that it opened, came to nothing: the next one waits longer. Half of the pause is chance.
    Optional<Attempt> failed(Outcome outcome, Moment now) {
        opening = OptionalLong.empty();
        int doublings = Math.min(failures, MAX_DOUBLINGS);
        long pause = Math.min(settings.maxRetryNanos(), settings.minRetryNanos() << doublings);
        failures++;
        retryAt = now.nanos() + pause / 2 + behaviour.nextLong(pause / 2 + 1);
        return end(outcome, now);
    }

    /// Somebody wants it now: a long pause is cut to the shortest.
    void hasten(long now) {
        retryAt = Math.min(retryAt, now + settings.minRetryNanos());
    }

    private Optional<Attempt> end(Outcome outcome, Moment now) {
        Optional<Attempt> ended = Optional.ofNullable(running)
                .map(attempt -> new Attempt(
                        attempt.since().epochMillis(), attempt.steps(), outcome, attempt.elapsedMillis(now)));
        running = null;
        return ended;
    }

    /// The steps so far of the attempt that is running.
    Optional<Attempt> current(Moment now) {
        return Optional.ofNullable(running)
                .map(attempt -> new Attempt(
                        attempt.since().epochMillis(), attempt.steps(), Outcome.RUNNING, attempt.elapsedMillis(now)));
    }
}
