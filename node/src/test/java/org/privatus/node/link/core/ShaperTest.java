package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

class ShaperTest {
    private static final long SECOND = 1_000_000_000;
    private static final int PACKET = 1_232;
    private static final TrafficSettings UNLIMITED = new TrafficSettings(0, 0, 0, 0);

    private final Set<TrafficClass> waiting = EnumSet.noneOf(TrafficClass.class);
    private final EnumMap<TrafficClass, Integer> packets = new EnumMap<>(TrafficClass.class);
    private Shaper shaper = new Shaper(UNLIMITED);
    private long now = 5 * SECOND;

    private Optional<TrafficClass> next() {
        return shaper.next(waiting::contains, now);
    }

    private void send(int count, int bytes) {
        for (int i = 0; i < count; i++) {
            TrafficClass traffic = next().orElseThrow();
            shaper.onSent(traffic, bytes);
            packets.merge(traffic, 1, Integer::sum);
        }
    }

    /// Sends whatever may leave until then, with timers that come when they are asked for.
    private void sendUntil(long end, int bytes) {
        while (now < end) {
            Optional<TrafficClass> traffic = next();
            if (traffic.isPresent()) {
                send(1, bytes);
            } else {
                assertThat(shaper.earliestNanos()).isGreaterThan(now);
                now = Math.min(end, shaper.earliestNanos());
            }
        }
    }

    @Test
    void the_most_urgent_that_waits_goes_first() {
        waiting.add(TrafficClass.FILES);
        waiting.add(TrafficClass.RELAYED);
        assertThat(next()).contains(TrafficClass.RELAYED);
        waiting.add(TrafficClass.MESSAGES);
        assertThat(next()).contains(TrafficClass.MESSAGES);
        waiting.clear();
        assertThat(next()).isEmpty();
        assertThat(shaper.earliestNanos()).isEqualTo(Shaper.NEVER);
    }

    @Test
    void of_sixteen_packets_each_class_that_waits_has_one() {
        waiting.addAll(EnumSet.allOf(TrafficClass.class));
        for (int round = 0; round < 100; round++) {
            packets.clear();
            send(Shaper.SHARE, PACKET);
            assertThat(packets).containsOnlyKeys(TrafficClass.values());
            assertThat(packets.get(TrafficClass.MESSAGES)).isGreaterThanOrEqualTo(Shaper.SHARE - 6);
        }
    }

    @Test
    void whoever_begins_to_wait_late_does_not_wait_longer() {
        waiting.add(TrafficClass.MESSAGES);
        send(1_000, PACKET);
        waiting.add(TrafficClass.BACKGROUND);
        send(Shaper.SHARE, PACKET);
        assertThat(packets.get(TrafficClass.BACKGROUND)).isEqualTo(1);
    }

    @Test
    void a_class_has_ten_milliseconds_of_its_rate_at_once_and_then_its_rate() {
        shaper = new Shaper(new TrafficSettings(10_000_000, 0, 0, 0));
        waiting.add(TrafficClass.MESSAGES);
        int burst = 0;
        while (next().isPresent()) {
            send(1, 1_000);
            burst++;
        }
        assertThat(burst).isEqualTo(100);
        assertThat(shaper.earliestNanos()).isEqualTo(now + 1_000_000);
        long begin = now;
        sendUntil(begin + 10 * SECOND, 1_000);
        assertThat(shaper.bytesSent(TrafficClass.MESSAGES)).isBetween(100_090_000L, 100_101_000L);
    }

    @Test
    void what_is_below_its_rate_leaves_the_rest_to_the_next() {
        shaper = new Shaper(new TrafficSettings(10_000_000, 0, 50_000_000, 1_000_000));
        waiting.addAll(EnumSet.of(TrafficClass.MESSAGES, TrafficClass.FILES, TrafficClass.BACKGROUND));
        sendUntil(now + 10 * SECOND, PACKET);
        assertThat(shaper.bytesSent(TrafficClass.MESSAGES)).isBetween(99_000_000L, 100_200_000L);
        assertThat(shaper.bytesSent(TrafficClass.FILES)).isBetween(499_000_000L, 500_600_000L);
        assertThat(shaper.bytesSent(TrafficClass.BACKGROUND)).isBetween(9_900_000L, 10_020_000L);
    }

    @Test
    void an_unlimited_class_takes_what_the_line_gives_but_one_packet_in_sixteen() {
        waiting.addAll(EnumSet.of(TrafficClass.RELAYED, TrafficClass.FILES));
        send(1_600, PACKET);
        assertThat(packets.get(TrafficClass.FILES)).isBetween(100, 115);
    }

    @Test
    void a_packet_that_had_to_leave_is_paid_for_later() {
        shaper = new Shaper(new TrafficSettings(0, 0, 0, 1_000_000));
        waiting.add(TrafficClass.BACKGROUND);
        for (int i = 0; i < 20; i++) {
            shaper.onSent(TrafficClass.BACKGROUND, PACKET);
        }
        assertThat(next()).isEmpty();
        long debt = 20L * PACKET - Shaper.LEAST_BURST;
        assertThat(shaper.earliestNanos()).isEqualTo(now + (debt + 1_000) * 1_000);
    }

    @Test
    void rates_are_those_of_a_packet_a_second_or_more() {
        assertThatThrownBy(() -> new TrafficSettings(0, 0, -1, 0)).hasMessageContaining("files");
        assertThatThrownBy(() -> new TrafficSettings(0, 1_231, 0, 0)).hasMessageContaining("relayed");
        assertThatThrownBy(() -> new TrafficSettings(0, 0, 0, 1_000_000_000_000L))
                .hasMessageContaining("background");
    }

    /// Random loads on a random line: everything that the class promises, checked from outside.
    @Seeded(40)
    void rates_priority_and_shares_hold_under_any_load(long seed) {
        var random = new SplittableRandom(seed);
        long[] rates = random.longs(4, 20_000, 20_000_000).toArray();
        rates[random.nextInt(4)] = 0;
        shaper = new Shaper(new TrafficSettings(rates[0], rates[1], rates[2], rates[3]));
        long begin = now;
        long[] bytes = new long[4];
        int[] waitedWhileReady = new int[4];
        for (int step = 0; step < 5_000; step++) {
            for (TrafficClass traffic : TrafficClass.values()) {
                if (random.nextInt(50) == 0 && !waiting.remove(traffic)) {
                    waiting.add(traffic);
                }
            }
            Optional<TrafficClass> chosen = next();
            boolean[] ready = readyOnes();
            if (chosen.isEmpty()) {
                assertThat(ready).doesNotContain(true);
                now += random.nextLong(2_000_000);
                continue;
            }
            TrafficClass traffic = chosen.get();
            assertThat(waiting).contains(traffic);
            int mostUrgent = place(traffic);
            for (int i = 3; i >= 0; i--) {
                mostUrgent = ready[i] ? i : mostUrgent;
            }
            if (mostUrgent != place(traffic)) {
                assertThat(waitedWhileReady[place(traffic)]).isGreaterThanOrEqualTo(Shaper.PATIENCE);
            }
            int size = random.nextInt(30, 65_000);
            shaper.onSent(traffic, size);
            bytes[place(traffic)] += size;
            for (int i = 0; i < 4; i++) {
                waitedWhileReady[i] = ready[i] && i != place(traffic) ? waitedWhileReady[i] + 1 : 0;
                assertThat(waitedWhileReady[i]).isLessThan(Shaper.SHARE);
            }
            now += random.nextLong(1_000_000);
            for (TrafficClass each : TrafficClass.values()) {
                int i = place(each);
                assertThat(shaper.bytesSent(each)).isEqualTo(bytes[i]);
                if (rates[i] > 0) {
                    double most = Math.max(Shaper.LEAST_BURST, rates[i] * 0.01) + rates[i] * ((now - begin) / 1e9);
                    assertThat(bytes[i] - 65_000 - 1.0).isLessThanOrEqualTo(most);
                }
            }
        }
    }

    private static int place(TrafficClass traffic) {
        return List.of(TrafficClass.values()).indexOf(traffic);
    }

    /// Which classes would be chosen if they alone had cells.
    private boolean[] readyOnes() {
        boolean[] ready = new boolean[4];
        for (TrafficClass traffic : TrafficClass.values()) {
            ready[place(traffic)] = waiting.contains(traffic)
                    && shaper.next(each -> each == traffic, now).isPresent();
        }
        shaper.next(waiting::contains, now);
        return ready;
    }
}
