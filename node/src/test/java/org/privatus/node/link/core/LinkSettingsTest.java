package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinkSettingsTest {
    @Test
    void the_defaults_are_those_of_the_protocol() {
        LinkSettings defaults = LinkSettings.defaults();
        assertThat(defaults.halfOpenLifetimeNanos()).isEqualTo(10_000_000_000L);
        assertThat(defaults.idleTimeoutNanos()).isEqualTo(300_000_000_000L);
        assertThat(defaults.probeAfterNanos()).isEqualTo(10_000_000_000L);
        assertThat(defaults.idleLinkLimit()).isEqualTo(512);
        assertThat(defaults.packetsPerKey()).isLessThan(1L << 22);
    }

    @Test
    void a_bad_value_names_itself_and_what_is_allowed() {
        assertThatThrownBy(() -> Settings.with(settings -> settings.halfOpenLimit = 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("half-open-limit = 0 is not in 1 to 1000000");
        assertThatThrownBy(() -> Settings.with(settings -> settings.packetsPerKey = 1L << 22))
                .hasMessageContaining("packets-per-key");
        assertThatThrownBy(() -> Settings.with(settings -> settings.idleLinkLimit = settings.linkLimit + 1))
                .hasMessageContaining("idle-link-limit");
    }
}
