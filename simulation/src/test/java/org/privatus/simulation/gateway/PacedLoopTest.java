package org.privatus.simulation.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;

class PacedLoopTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final Endpoint SOMEWHERE = Endpoint.parse("127.0.0.1:9");

    private final EventLoop loop = new EventLoop(1, (node, time, kind, detail) -> {});
    private final List<String> seen = new ArrayList<>();
    private final ArrayDeque<Arrival> outside = new ArrayDeque<>();
    private long wall;
    private int seconds;
    private final PacedLoop paced = new PacedLoop(loop, () -> wall, this::next, this::entered);

    /// Waiting is what makes the wall clock go on.
    private Optional<Arrival> next(long waitNanos) {
        long until = wall + Math.max(0, waitNanos);
        Arrival arrival = outside.peek();
        if (arrival == null || arrival.wallNanos() > until) {
            wall = until;
            return Optional.empty();
        }
        wall = Math.max(wall, arrival.wallNanos());
        return Optional.of(outside.remove());
    }

    private void entered(Arrival arrival) {
        seen.add("arrival at " + loop.nowNanos() / MILLI);
    }

    private void at(long millis, Runnable action) {
        loop.after(millis * MILLI, EventKind.SCENARIO, () -> {
            assertThat(loop.nowNanos()).as("virtual time").isLessThanOrEqualTo(wall);
            seen.add("step of " + loop.nowNanos() / MILLI + " at " + wall / MILLI);
            action.run();
        });
    }

    private void arrives(long millis) {
        outside.add(new Arrival(millis * MILLI, SOMEWHERE, SOMEWHERE, new byte[1]));
    }

    private void runUntil(long wallNanos) throws InterruptedException {
        paced.run(() -> wall >= wallNanos, () -> seconds++);
    }

    @Test
    void aStepIsTakenWhenItsTimeHasCome() throws InterruptedException {
        at(10, () -> {});
        at(700, () -> at(5, () -> {}));

        runUntil(SECOND);

        assertThat(seen).containsExactly("step of 10 at 10", "step of 700 at 700", "step of 705 at 705");
        assertThat(paced.lag().worst()).isZero();
        assertThat(loop.nowNanos()).isBetween(SECOND - 50 * MILLI, SECOND);
    }

    @Test
    void aLoopThatHasTooMuchToDoFallsBehindSaysByHowMuchAndCatchesUp() throws InterruptedException {
        at(100, () -> wall += 3 * SECOND);
        at(200, () -> {});
        at(3_500, () -> {});

        runUntil(3 * SECOND + 300 * MILLI);
        assertThat(seen).containsExactly("step of 100 at 100", "step of 200 at 3100");
        assertThat(paced.lag().worst()).isEqualTo(3 * SECOND);
        assertThat(paced.lag().takeRecent()).isEqualTo(3 * SECOND);

        runUntil(4 * SECOND);
        assertThat(seen).endsWith("step of 3500 at 3500");
        assertThat(paced.lag().takeRecent()).isZero();
        assertThat(paced.lag().worst()).isEqualTo(3 * SECOND);
    }

    @Test
    void aDatagramEndsTheWaitForTheNextStep() throws InterruptedException {
        at(400, () -> {});
        arrives(123);
        arrives(123);

        runUntil(SECOND);

        assertThat(seen).containsExactly("arrival at 100", "arrival at 123", "step of 400 at 400");
    }

    @Test
    void datagramsAreTakenBetweenTheStepsOfALoopThatIsBehind() throws InterruptedException {
        at(100, () -> wall += SECOND);
        at(101, () -> {});
        arrives(500);

        runUntil(2 * SECOND);

        assertThat(seen).containsExactly("step of 100 at 100", "arrival at 100", "step of 101 at 1100");
    }

    @Test
    void eachSecondIsTold() throws InterruptedException {
        runUntil(10 * SECOND + 60 * MILLI);

        assertThat(seconds).isEqualTo(10);
    }
}
