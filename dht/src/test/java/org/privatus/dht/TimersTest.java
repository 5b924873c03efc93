package org.privatus.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

class TimersTest {
    private final Timers timers = new Timers();
    private final List<String> fired = new ArrayList<>();

    @Test
    void they_fire_by_time_and_then_by_age() {
        timers.at(20, _ -> fired.add("late"));
        timers.at(10, _ -> fired.add("first"));
        timers.at(10, _ -> fired.add("second"));
        assertThat(timers.nextNanos()).isEqualTo(10);
        timers.fire(10);
        assertThat(fired).containsExactly("first", "second");
        timers.fire(19);
        assertThat(fired).hasSize(2);
        timers.fire(25);
        assertThat(fired).endsWith("late");
        assertThat(timers.nextNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_cancelled_one_leaves_no_trace() {
        Timers.Timer timer = timers.at(10, _ -> fired.add("never"));
        timers.at(20, _ -> fired.add("later"));
        timer.cancel();
        timer.cancel();
        assertThat(timers.nextNanos()).isEqualTo(20);
        timers.fire(30);
        assertThat(fired).containsExactly("later");
    }

    @Test
    void one_that_arms_itself_for_now_does_not_hold_the_caller_up() {
        timers.at(10, this::again);
        timers.fire(10);
        assertThat(fired).hasSize(1);
        assertThat(timers.nextNanos()).isEqualTo(10);
    }

    private void again(long now) {
        fired.add("again");
        timers.at(now, this::again);
    }

    @Test
    void thousands_of_cancelled_ones_are_swept_away() {
        timers.at(1_000_000, _ -> fired.add("kept"));
        for (int i = 0; i < 10_000; i++) {
            timers.at(500 + i, _ -> fired.add("never")).cancel();
        }
        timers.fire(1_000_000);
        assertThat(fired).containsExactly("kept");
    }

    @Seeded
    void many_fire_in_order_whatever_is_cancelled_between_them(long seed) {
        var random = new SplittableRandom(seed);
        var expected = new TreeMap<Long, List<String>>();
        for (int i = 0; i < 500; i++) {
            long nanos = random.nextInt(100);
            String name = nanos + " as number " + i;
            Timers.Timer timer = timers.at(nanos, _ -> fired.add(name));
            if (random.nextInt(3) == 0) {
                expected.computeIfAbsent(nanos, _ -> new ArrayList<>()).add(name);
            } else {
                timer.cancel();
            }
        }
        timers.fire(49);
        assertThat(fired).isEqualTo(flat(expected.headMap(50L)));
        timers.fire(100);
        assertThat(fired).isEqualTo(flat(expected));
        assertThat(timers.nextNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private static List<String> flat(SortedMap<Long, List<String>> names) {
        return names.values().stream().flatMap(List::stream).toList();
    }

    @Test
    void one_may_be_armed_again_when_it_has_fired_and_not_before() {
        var timer = new Timers.Timer() {
            @Override
            void fire(long now) {
                fired.add("at " + now);
            }
        };
        timers.arm(10, timer);
        assertThatThrownBy(() -> timers.arm(20, timer)).isInstanceOf(IllegalStateException.class);
        timers.fire(10);
        timers.arm(20, timer);
        timers.fire(20);
        assertThat(fired).containsExactly("at 10", "at 20");
    }
}
