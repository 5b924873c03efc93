package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

class DeadlineQueueTest {
    private static final class Alarm extends Timed {
        long at = NEVER;

        @Override
        long deadlineNanos() {
            return at;
        }

        @Override
        void onDeadline(long now) {}
    }

    private final DeadlineQueue queue = new DeadlineQueue();

    @Seeded(50)
    void the_earliest_is_always_known(long seed) {
        var random = new SplittableRandom(seed);
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            alarms.add(new Alarm());
        }
        for (int i = 0; i < 500; i++) {
            Alarm alarm = alarms.get(random.nextInt(alarms.size()));
            alarm.at = random.nextInt(4) == 0 ? Timed.NEVER : random.nextLong(100);
            if (random.nextInt(10) == 0) {
                alarm.at = Timed.NEVER;
                queue.remove(alarm);
            } else {
                queue.update(alarm);
            }
            assertThat(queue.earliest())
                    .isEqualTo(alarms.stream().mapToLong(a -> a.at).min().orElseThrow());
        }
        long last = Long.MIN_VALUE;
        for (var due = queue.pollDue(99); due.isPresent(); due = queue.pollDue(99)) {
            assertThat(due.get().deadlineNanos()).isGreaterThanOrEqualTo(last);
            last = due.get().deadlineNanos();
        }
        assertThat(queue.earliest()).isEqualTo(Timed.NEVER);
    }

    @Test
    void of_equal_deadlines_the_one_entered_first_comes_first() {
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Alarm alarm = new Alarm();
            alarm.at = 5;
            alarms.add(alarm);
            queue.update(alarm);
        }
        for (Alarm alarm : alarms) {
            assertThat(queue.pollDue(5)).containsSame(alarm);
        }
    }

    @Test
    void nothing_is_due_before_its_time() {
        Alarm alarm = new Alarm();
        alarm.at = 5;
        queue.update(alarm);
        assertThat(queue.pollDue(4)).isEmpty();
        assertThat(queue.pollDue(5)).containsSame(alarm);
        assertThat(queue.pollDue(5)).isEmpty();
    }
}
