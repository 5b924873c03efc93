package org.privatus.simulation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

class EventLoopTest {
    private static final long MILLI = 1_000_000;
    private static final long HOUR = 3_600_000 * MILLI;

    private final List<String> trace = new ArrayList<>();
    private final EventLoop loop =
            new EventLoop(42, (node, time, kind, detail) -> trace.add(node + " " + time + " " + kind));
    private final List<String> happened = new ArrayList<>();

    @Test
    void events_happen_in_order_of_time() {
        for (long delay : new long[] {30 * HOUR, 5, HOUR, 3 * MILLI, 1, 6000 * MILLI, 0, 3 * MILLI - 1}) {
            loop.after(delay, EventKind.TIMER, () -> happened.add(Long.toString(loop.nowNanos())));
        }
        loop.runUntil(100 * HOUR);
        assertThat(happened)
                .containsExactly("0", "1", "5", "2999999", "3000000", "6000000000", "3600000000000", "108000000000000");
        assertThat(loop.nowNanos()).isEqualTo(100 * HOUR);
    }

    @Test
    void equal_times_are_ordered_by_causing_node_and_then_by_its_counter() {
        loop.runAs(7, () -> note("7a", "7b"));
        loop.runAs(2, () -> note("2a", "2b"));
        loop.runAs(7, () -> note("7c"));
        loop.runUntil(HOUR);
        assertThat(happened).containsExactly("2a", "2b", "7a", "7b", "7c");
    }

    @Test
    void what_is_scheduled_in_a_step_belongs_to_its_node() {
        loop.after(
                1,
                5,
                EventKind.RECEIVED,
                () -> loop.after(1, EventKind.TIMER, () -> happened.add("" + loop.currentNode())));
        loop.runUntil(10);
        assertThat(happened).containsExactly("5");
        assertThat(trace).containsExactly("5 1 RECEIVED", "5 2 TIMER");
        assertThat(loop.currentNode()).isEqualTo(EventLoop.WORLD);
    }

    @Test
    void a_halted_loop_stands_at_the_step_that_halted_it_and_goes_on_later() {
        loop.after(3, EventKind.TIMER, loop::halt);
        loop.after(3, 5, EventKind.RECEIVED, () -> happened.add("later"));
        assertThat(loop.runBefore(10)).isFalse();
        assertThat(loop.nowNanos()).isEqualTo(3);
        assertThat(happened).isEmpty();
        assertThat(loop.runBefore(10)).isTrue();
        assertThat(loop.nowNanos()).isEqualTo(10);
        assertThat(happened).containsExactly("later");
    }

    @Test
    void all_pending_events_are_shown_however_far_away_they_are() {
        var times = new ArrayList<Long>();
        for (long delay : new long[] {0, 5 * MILLI, HOUR, 100 * HOUR}) {
            loop.after(delay, EventKind.TIMER, () -> {});
        }
        loop.after(7, EventKind.TIMER, () -> {}).cancel();
        loop.pending((node, time, kind, detail) -> times.add(time));
        assertThat(times).containsExactlyInAnyOrder(0L, 5 * MILLI, HOUR, 100 * HOUR);
    }

    @Test
    void ready_tasks_run_in_their_step_first_come_first_served() {
        loop.after(1, EventKind.TIMER, () -> {
            loop.execute(() -> {
                happened.add("b " + loop.nowNanos());
                loop.execute(() -> happened.add("d " + loop.nowNanos()));
            });
            loop.execute(() -> happened.add("c " + loop.nowNanos()));
            happened.add("a " + loop.nowNanos());
        });
        loop.after(1, EventKind.TIMER, () -> happened.add("e " + loop.nowNanos()));
        loop.runUntil(10);
        assertThat(happened).containsExactly("a 1", "b 1", "c 1", "d 1", "e 1");
    }

    @Test
    void a_cancelled_event_never_happens() {
        Event near = loop.after(1, EventKind.TIMER, () -> happened.add("near"));
        Event far = loop.after(HOUR, EventKind.TIMER, () -> happened.add("far"));
        Event kept = loop.after(2, EventKind.TIMER, () -> happened.add("kept"));
        assertThat(near.cancel()).isTrue();
        assertThat(far.cancel()).isTrue();
        assertThat(far.cancel()).isFalse();
        assertThat(loop.pendingEvents()).isEqualTo(1);
        loop.runUntil(2 * HOUR);
        assertThat(happened).containsExactly("kept");
        assertThat(kept.cancel()).isFalse();
        assertThat(near.isCancelled()).isTrue();
        assertThat(kept.isCancelled()).isFalse();
        assertThat(loop.eventCount()).isEqualTo(1);
    }

    @Test
    void an_event_may_cancel_another_of_the_same_moment() {
        var second = new AtomicReference<Event>();
        loop.after(1, EventKind.TIMER, () -> second.get().cancel());
        second.set(loop.after(1, EventKind.TIMER, () -> happened.add("second")));
        loop.runUntil(10);
        assertThat(happened).isEmpty();
        assertThat(loop.pendingEvents()).isZero();
    }

    @Test
    void an_event_before_the_limit_that_was_set_by_a_later_look_is_not_lost() {
        loop.after(5 * HOUR, EventKind.TIMER, () -> happened.add("late"));
        loop.runUntil(HOUR);
        loop.after(10, EventKind.TIMER, () -> happened.add("early"));
        loop.runUntil(10 * HOUR);
        assertThat(happened).containsExactly("early", "late");
    }

    @Seeded
    void the_queue_agrees_with_a_sorted_list(long seed) {
        var random = new SplittableRandom(seed);
        record Key(long time, int cause, int number) {}
        var expected = new ArrayList<Key>();
        var cancellable = new ArrayList<Event>();
        for (int number = 0; number < 2000; number++) {
            int cause = random.nextInt(5);
            long delay = random.nextLong(1L << random.nextInt(1, 50));
            var key = new Key(delay, cause, number);
            expected.add(key);
            loop.runAs(
                    cause,
                    () -> cancellable.add(loop.after(delay, EventKind.TIMER, () -> happened.add(key.toString()))));
        }
        for (int round = 0; round < 300; round++) {
            int at = random.nextInt(expected.size());
            expected.remove(at);
            assertThat(cancellable.remove(at).cancel()).isTrue();
        }
        expected.sort(
                Comparator.comparingLong(Key::time).thenComparingInt(Key::cause).thenComparingInt(Key::number));
        loop.runUntil(Long.MAX_VALUE);
        assertThat(happened)
                .containsExactlyElementsOf(expected.stream().map(Key::toString).toList());
    }

    @Test
    void thread_local_randomness_is_a_function_of_seed_and_event() {
        var first = draws(1);
        assertThat(draws(1)).isEqualTo(first);
        assertThat(draws(2)).isNotEqualTo(first);
    }

    @Test
    void a_foreign_thread_is_refused_and_stops_the_run() throws InterruptedException {
        var thrown = new AtomicReference<Throwable>();
        var foreign = new Thread(() -> loop.execute(() -> happened.add("never")), "stray");
        foreign.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
        foreign.start();
        foreign.join();
        assertThat(thrown.get()).isInstanceOf(ForeignThreadException.class).hasMessageContaining("stray");
        assertThatThrownBy(() -> loop.runUntil(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stray");
    }

    private void note(String... names) {
        for (String name : names) {
            loop.after(MILLI, EventKind.TIMER, () -> happened.add(name));
        }
    }

    private static List<Integer> draws(long seed) {
        var other = new EventLoop(seed, (node, time, kind, detail) -> {});
        var drawn = new ArrayList<Integer>();
        for (int i = 0; i < 5; i++) {
            other.after(
                    i,
                    i,
                    EventKind.TIMER,
                    () -> drawn.add(ThreadLocalRandom.current().nextInt()));
        }
        other.runUntil(10);
        return drawn;
    }
}
