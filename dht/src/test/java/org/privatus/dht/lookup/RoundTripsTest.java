package org.privatus.dht.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundTripsTest {
    private final RoundTrips roundTrips = new RoundTrips();

    @Test
    void too_few_say_nothing() {
        add(7, 20);
        roundTrips.add(0);
        assertThat(roundTrips.p90Nanos()).isEmpty();
    }

    @Test
    void nine_of_ten_are_not_longer() {
        for (int i = 1; i <= 64; i++) {
            add(1, i);
        }
        assertThat(roundTrips.p90Nanos()).hasValue(TimeUnit.MILLISECONDS.toNanos(58));
    }

    @Test
    void only_recent_ones_count() {
        add(500, 900);
        add(64, 10);
        assertThat(roundTrips.p90Nanos()).hasValue(TimeUnit.MILLISECONDS.toNanos(10));
    }

    private void add(int times, int millis) {
        for (int i = 0; i < times; i++) {
            roundTrips.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }
}
