package org.privatus.simulation.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.network.NatKind;
import org.privatus.simulation.scenario.file.ScenarioReader;
import org.privatus.simulation.scenario.file.ScenarioSources;

class GatewayOptionsTest {
    private static final Endpoint GATEWAY = Endpoint.parse("127.0.0.1:9000");

    @Test
    void kindsOfNatAreCalledByTheirNames() {
        assertThat(GatewayOptions.parseNat("port-restricted")).isEqualTo(NatKind.PORT_RESTRICTED);
        assertThatThrownBy(() -> GatewayOptions.parseNat("round"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--gateway-nat is round; allowed: open, full-cone, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9000", "localhost:9000"})
    void aGatewayIsOnThisMachine(String text) {
        assertThat(GatewayOptions.parse(text)).isEqualTo(Endpoint.parse("127.0.0.1:9000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:9000", "192.0.2.1:9000", "[::1]:9000", "127.0.0.1", "9000", "127.0.0.1:99999", ""})
    void anythingElseIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> GatewayOptions.parse(text))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--gateway is ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void moreNodesThanTheGatewayHasSocketsForAreRefused() {
        var scenario = ScenarioReader.read(ScenarioSources.of("local").set("nodes=1001"));

        assertThatThrownBy(() -> new GatewayOptions(scenario, GATEWAY, NatKind.OPEN, Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("up to 1000 nodes");
    }
}
