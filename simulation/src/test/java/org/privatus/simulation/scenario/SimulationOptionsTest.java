package org.privatus.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationOptionsTest {
    private final SimulationOptions options = SimulationOptions.of(300, 1);

    @Test
    void each_tenth_node_has_a_person_and_two_at_least() {
        assertThat(options.people()).isEqualTo(30);
        assertThat(SimulationOptions.of(10, 1).people()).isEqualTo(2);
        assertThat(SimulationOptions.of(1, 1).people()).isZero();
        assertThat(options.withPeople(0).people()).isZero();
        assertThat(options.withPeople(1).people()).isEqualTo(300);
    }

    @Test
    void what_is_out_of_bounds_is_named() {
        assertThatThrownBy(() -> SimulationOptions.of(0, 1)).hasMessageContaining("--nodes");
        assertThatThrownBy(() -> options.withLoss(1)).hasMessageContaining("--loss");
        assertThatThrownBy(() -> options.withLoss(Double.NaN)).hasMessageContaining("--loss");
        assertThatThrownBy(() -> options.withDuration(Duration.ZERO)).hasMessageContaining("--duration");
        assertThatThrownBy(() -> options.withPeople(2)).hasMessageContaining("--people");
        assertThatThrownBy(() -> options.withRealCrypto(true)).hasMessageContaining("50 nodes");
    }
}
