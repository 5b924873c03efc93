package org.privatus.simulation.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.identity.Endpoint;

class LoopbackAddressesTest {
    private static final Endpoint GATEWAY = Endpoint.parse("127.0.0.1:9000");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachNodeHasAnEndpointOfThisMachineAndEachEndpointItsNode(boolean perNode) {
        var plan = new LoopbackAddresses(GATEWAY, perNode);
        var all = new TreeSet<Endpoint>();
        for (int node = 0; node < GatewayOptions.NODES_MAX + Guests.PLACES; node++) {
            Endpoint endpoint = plan.endpoint(node);
            assertThat(endpoint.isLoopback()).isTrue();
            assertThat(plan.node(endpoint)).isEqualTo(node);
            all.add(endpoint);
        }
        assertThat(all)
                .hasSize(GatewayOptions.NODES_MAX + Guests.PLACES)
                .first()
                .isEqualTo(GATEWAY);
    }

    @Test
    void nodesWithAddressesOfTheirOwnAreAloneInTheirGroup() {
        var plan = new LoopbackAddresses(GATEWAY, true);

        assertThat(plan.endpoint(1)).hasToString("127.0.1.1:9000");
        assertThat(plan.endpoint(300)).hasToString("127.1.44.1:9000");
        assertThat(plan.endpoint(0).group()).isNotEqualTo(plan.endpoint(1).group());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2:9000", "127.0.1.7:9000", "126.255.255.1:9000", "10.0.0.1:9000", "[::1]:9000"})
    void nobodyIsAnywhereElse(String endpoint) {
        assertThat(new LoopbackAddresses(GATEWAY, true).node(Endpoint.parse(endpoint)))
                .isNegative();
    }

    @Test
    void nodesWithPortsOfTheirOwnAreAtOneAddress() {
        var plan = new LoopbackAddresses(GATEWAY, false);

        assertThat(plan.endpoint(7)).hasToString("127.0.0.1:9007");
        assertThat(plan.node(Endpoint.parse("127.0.0.1:8999"))).isNegative();
        assertThat(plan.node(Endpoint.parse("127.0.0.2:9001"))).isNegative();
    }

    @Test
    void thereIsRoomUpToTheEndOfLoopbackOrOfThePorts() {
        var last = Endpoint.parse("127.255.254.1:65000");

        assertThat(new LoopbackAddresses(last, true).nodesMax()).isEqualTo(2);
        assertThat(new LoopbackAddresses(last, true).endpoint(1)).hasToString("127.255.255.1:65000");
        assertThat(new LoopbackAddresses(last, false).nodesMax()).isEqualTo(536);
        assertThat(new LoopbackAddresses(last, false).endpoint(535).port()).isEqualTo(65_535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1:9000", "[::1]:9000", "127.0.0.1:0"})
    void itBeginsOnLoopback(String gateway) {
        Endpoint endpoint = Endpoint.parse(gateway);
        assertThatThrownBy(() -> new LoopbackAddresses(endpoint, true)).hasMessageContaining("loopback");
    }
}
