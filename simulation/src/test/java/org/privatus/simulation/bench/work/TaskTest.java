package org.privatus.simulation.bench.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both sides of a stream that hands over any number of bytes at a time.
class TaskTest {
    private static final int ROOM_MAX = 700;

    private final Answerer answerer = new Answerer();
    private final SplittableRandom random = new SplittableRandom(3);
    private long nanos;
    private long sent;

    @ParameterizedTest
    @ValueSource(longs = {1, 13, 100_000})
    void a_sink_takes_every_byte_and_answers_once(long bytes) {
        Task task = done(Work.sink(bytes));
        assertThat(task.outcome().bytes()).isEqualTo(bytes);
        assertThat(sent).isEqualTo(Header.LENGTH + bytes);
    }

    @Test
    void a_source_makes_as_many_bytes_as_were_asked_for() {
        Task task = done(Work.source(70_000));
        assertThat(task.outcome().bytes()).isEqualTo(70_000);
        assertThat(sent).isEqualTo(Header.LENGTH);
    }

    @Test
    void every_ping_waits_for_the_one_before_and_is_timed() {
        Task task = done(Work.pings(25, 100));
        assertThat(task.outcome().latenciesNanos())
                .hasSize(25)
                .allSatisfy(nanos -> assertThat(nanos).isPositive());
        assertThat(sent).isEqualTo(Header.LENGTH + 25 * 100);
    }

    @Test
    void messages_are_counted_one_by_one() {
        Task task = done(Work.messages(333, 100));
        assertThat(task.outcome().bytes()).isEqualTo(33_300);
        assertThat(sent).isEqualTo(Header.LENGTH + 333 * 102);
    }

    @Test
    void pieces_of_work_follow_each_other_on_one_stream() {
        done(Work.messages(7, 50));
        done(Work.source(10));
        done(Work.pings(3, 9));
        assertThat(done(Work.sink(5)).isDone()).isTrue();
    }

    @Test
    void an_answer_too_long_is_noticed() {
        var task = new Task(Work.sink(10));
        assertThatThrownBy(() -> task.received(2, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothing_is_sent_into_a_room_too_small_for_it() {
        var task = new Task(Work.pings(1, 100));
        assertThat(task.next(Header.LENGTH - 1, 0)).isEmpty();
        assertThat(task.next(Header.LENGTH, 0)).hasSize(Header.LENGTH);
        assertThat(task.next(99, 0)).isEmpty();
        assertThat(task.next(100, 0)).hasSize(100);
    }

    /// Moves bytes to and fro in pieces of any size until the work is done.
    private Task done(Work work) {
        var task = new Task(work);
        sent = 0;
        for (int i = 0; !task.isDone(); i++) {
            assertThat(i).as("turns").isLessThan(100_000);
            byte[] there = task.next(random.nextInt(1, ROOM_MAX), ++nanos);
            sent += there.length;
            int split = there.length == 0 ? 0 : random.nextInt(there.length);
            answerer.received(there, 0, split);
            answerer.received(there, split, there.length - split);
            task.received(answerer.next(random.nextInt(ROOM_MAX)).length, ++nanos);
        }
        return task;
    }
}
