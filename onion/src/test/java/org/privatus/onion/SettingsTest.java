package org.privatus.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void defaults_are_within_their_own_bounds() {
        assertThat(OnionSettings.defaults().hops()).isEqualTo(ThreatLevel.MEDIUM.hops());
        assertThat(RelaySettings.defaults().laboratory()).isFalse();
    }

    @Test
    void a_bad_value_names_its_key_and_what_is_allowed() {
        assertThatThrownBy(() -> OnionSettings.defaults().withHops(7))
                .hasMessage("onion.threat-level (hops) = 7 is not in 2 to 6");
    }
}
