package org.privatus.onion.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.testing.CodecChecks;

class WindowTest {
    private final SendWindow sender = new SendWindow(WindowSettings.fixed(512));
    private final ReceiveWindow receiver = new ReceiveWindow();

    private static byte[] tag(int number) {
        byte[] tag = new byte[16];
        tag[0] = (byte) number;
        tag[1] = (byte) (number >> 8);
        return tag;
    }

    private List<RelayMessage> exchange(int cells) {
        List<RelayMessage> acknowledgements = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            boolean marked = sender.untilMark() == 1;
            sender.reserve(1);
            sender.sealed(1, marked ? List.of(tag(i)) : List.of(), 0);
            if (receiver.received()) {
                acknowledgements.add(ReceiveWindow.sendme(tag(i)));
            }
        }
        return acknowledgements;
    }

    @Test
    void each_32nd_cell_opens_the_window_by_32() throws MalformedPacketException {
        List<RelayMessage> acknowledgements = exchange(512);
        assertThat(acknowledgements).hasSize(16);
        assertThat(sender.available()).isZero();
        assertThatThrownBy(() -> sender.reserve(1)).isInstanceOf(IllegalStateException.class);
        for (RelayMessage acknowledgement : acknowledgements) {
            sender.acknowledged(acknowledgement.body(), 0);
        }
        assertThat(sender.available()).isEqualTo(512);
    }

    @Test
    void only_the_tag_that_is_due_counts_and_only_once() throws MalformedPacketException {
        List<RelayMessage> acknowledgements = exchange(64);
        sender.acknowledged(acknowledgements.getFirst().body(), 0);
        assertThatThrownBy(() -> sender.acknowledged(acknowledgements.getFirst().body(), 0))
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.BAD_TAG));
        assertThatThrownBy(() -> sender.acknowledged(acknowledgements.getLast().body(), 0))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void truncated_acknowledgements_are_refused() {
        byte[] body = exchange(32).getFirst().body();
        CodecChecks.refusesEveryTruncation(body, bytes -> {
            sender.acknowledged(bytes, 0);
            return bytes;
        });
    }

    @Test
    void a_bucket_allows_its_burst_and_then_its_rate() {
        TokenBucket bucket = new TokenBucket(2, 100, 0);
        assertThat(bucket.take(0)).isTrue();
        assertThat(bucket.take(0)).isTrue();
        assertThat(bucket.take(99)).isFalse();
        assertThat(bucket.take(100)).isTrue();
        assertThat(bucket.take(150)).isFalse();
        assertThat(bucket.take(10_000)).isTrue();
        assertThat(bucket.take(10_000)).isTrue();
        assertThat(bucket.take(10_000)).isFalse();
    }

    @Test
    void timers_fire_in_order_and_not_when_cancelled() {
        Timers timers = new Timers();
        List<String> fired = new ArrayList<>();
        timers.at(20, now -> fired.add("late"));
        Timers.Timer cancelled = timers.at(10, now -> fired.add("never"));
        timers.at(10, now -> fired.add("first"));
        timers.at(10, now -> timers.at(15, later -> fired.add("then")));
        cancelled.cancel();
        assertThat(timers.deadlineNanos()).isEqualTo(10);
        timers.fire(new Moment(19, 0));
        assertThat(fired).containsExactly("first", "then");
        assertThat(timers.deadlineNanos()).isEqualTo(20);
        timers.fire(new Moment(20, 0));
        assertThat(timers.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
