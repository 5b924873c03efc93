package org.privatus.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;

class AddressPlanTest {
    @Test
    void an_address_leads_back_to_its_node() {
        for (int node = 0; node < 6_000_000; node += 61) {
            Endpoint endpoint = AddressPlan.endpoint(node, 4460);
            assertThat(AddressPlan.node(endpoint)).as(endpoint.toString()).isEqualTo(node);
            assertThat(endpoint.ipv4Address()).isEqualTo(AddressPlan.address(node));
        }
        int last = AddressPlan.NODES_MAX - 1;
        assertThat(AddressPlan.node(AddressPlan.endpoint(last, 1))).isEqualTo(last);
    }

    @Test
    void other_addresses_are_nobody_s() {
        for (String text : new String[] {
            "19.255.255.1:1", "100.0.0.1:1", "20.0.0.0:1", "20.0.0.255:1", "255.0.0.1:1", "[2001:db8::1]:1", "0.0.0.0:1"
        }) {
            assertThat(AddressPlan.node(Endpoint.parse(text))).as(text).isEqualTo(-1);
        }
    }
}
