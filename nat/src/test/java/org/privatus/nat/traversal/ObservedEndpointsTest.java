package org.privatus.nat.traversal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.nat.traversal.EndpointChange.Learned;
import org.privatus.nat.traversal.EndpointChange.Lost;
import org.privatus.nat.traversal.EndpointChange.Moved;
import org.privatus.nat.traversal.EndpointChange.Unchanged;
import org.privatus.testing.Seeded;

class ObservedEndpointsTest {
    private static final Endpoint HOME = Endpoint.parse("8.8.8.8:4000");
    private static final Endpoint AWAY = Endpoint.parse("9.9.9.9:4000");
    private static final long LIFETIME = ObservationSettings.DEFAULT.lifetimeNanos();

    private final ObservedEndpoints endpoints = new ObservedEndpoints(ObservationSettings.DEFAULT);

    @Test
    void a_quorum_in_different_groups_is_believed() {
        assertThat(see(1, HOME)).isEqualTo(new Unchanged());
        assertThat(see(2, HOME)).isEqualTo(new Unchanged());
        assertThat(endpoints.own(true)).isEmpty();
        assertThat(see(3, HOME)).isEqualTo(new Learned(HOME));
        assertThat(endpoints.own(true)).contains(HOME);
        assertThat(endpoints.mapping(true)).isEqualTo(MappingKind.STABLE);
        assertThat(see(4, HOME)).isEqualTo(new Unchanged());
    }

    @Test
    void observers_of_one_group_have_one_vote() {
        for (int i = 1; i < 200; i++) {
            Endpoint neighbour = Endpoint.parse("20.0.0." + i + ":1000");
            assertThat(endpoints.observed(key(i), neighbour, HOME, 0)).isEqualTo(new Unchanged());
        }
        assertThat(endpoints.own(true)).isEmpty();
        assertThat(endpoints.mapping(true)).isEqualTo(MappingKind.UNKNOWN);
    }

    @Test
    void a_minority_of_liars_changes_nothing() {
        learnHome();
        assertThat(see(4, AWAY)).isEqualTo(new Unchanged());
        assertThat(see(5, AWAY)).isEqualTo(new Unchanged());
        assertThat(endpoints.own(true)).contains(HOME);
    }

    @Test
    void a_move_is_believed_when_the_latest_majority_saw_it() {
        learnHome();
        see(4, HOME);
        see(5, HOME);
        assertThat(see(6, AWAY)).isEqualTo(new Unchanged());
        assertThat(see(7, AWAY)).isEqualTo(new Unchanged());
        assertThat(see(8, AWAY)).isEqualTo(new Moved(HOME, AWAY));
    }

    @Test
    void the_same_observers_can_tell_of_a_move() {
        learnHome();
        assertThat(see(1, AWAY)).isEqualTo(new Unchanged());
        assertThat(see(2, AWAY)).isEqualTo(new Unchanged());
        assertThat(see(3, AWAY)).isEqualTo(new Moved(HOME, AWAY));
    }

    @Test
    void another_port_for_each_observer_looks_symmetric() {
        for (int i = 1; i <= 5; i++) {
            see(i, HOME.withPort(1000 + i));
        }
        assertThat(endpoints.own(true)).isEmpty();
        assertThat(endpoints.mapping(true)).isEqualTo(MappingKind.PORT_VARIES);
    }

    @Test
    void an_endpoint_that_starts_to_vary_is_lost() {
        learnHome();
        EndpointChange last = new Unchanged();
        for (int i = 4; i <= 8 && last instanceof Unchanged; i++) {
            last = see(i, Endpoint.parse("8.8.4." + i + ":4000"));
        }
        assertThat(last).isEqualTo(new Lost(HOME));
        assertThat(endpoints.mapping(true)).isEqualTo(MappingKind.ADDRESS_VARIES);
    }

    @Test
    void observations_expire() {
        assertThat(endpoints.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        learnHome();
        assertThat(endpoints.deadlineNanos()).isEqualTo(LIFETIME);
        assertThat(endpoints.onDeadline(LIFETIME - 1)).isEqualTo(new Unchanged());
        assertThat(endpoints.onDeadline(LIFETIME)).isEqualTo(new Lost(HOME));
        assertThat(endpoints.onDeadline(LIFETIME)).isEqualTo(new Unchanged());
        assertThat(endpoints.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(endpoints.own(true)).isEmpty();
    }

    @Test
    void one_observer_who_still_sees_it_keeps_it() {
        learnHome();
        endpoints.observed(key(3), at(3), HOME, LIFETIME / 2);
        assertThat(endpoints.onDeadline(LIFETIME)).isEqualTo(new Unchanged());
        assertThat(endpoints.own(true)).contains(HOME);
        assertThat(endpoints.deadlineNanos()).isEqualTo(LIFETIME / 2 + LIFETIME);
    }

    @Test
    void the_two_address_families_are_told_apart() {
        learnHome();
        Endpoint ipv6 = Endpoint.parse("[2606:4700::1]:4000");
        see(1, ipv6);
        see(2, ipv6);
        assertThat(see(3, ipv6)).isEqualTo(new Learned(ipv6));
        assertThat(endpoints.own(true)).contains(HOME);
        assertThat(endpoints.own(false)).contains(ipv6);
        assertThat(endpoints.onDeadline(LIFETIME)).isEqualTo(new Lost(HOME));
        assertThat(endpoints.onDeadline(LIFETIME)).isEqualTo(new Lost(ipv6));
    }

    @Test
    void nonsense_and_private_addresses_do_not_count() {
        for (int i = 1; i <= 5; i++) {
            see(i, Endpoint.parse("10.0.0.1:4000"));
            see(i, HOME.withPort(0));
            Endpoint neighbour = Endpoint.parse("192.168.0." + i + ":4000");
            endpoints.observed(key(i), neighbour, HOME, 0);
        }
        assertThat(endpoints.own(true)).isEmpty();
        assertThat(endpoints.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void in_a_laboratory_peers_on_one_machine_count_one_by_one() {
        var laboratory = new ObservedEndpoints(ObservationSettings.LABORATORY);
        Endpoint mine = Endpoint.parse("127.0.0.1:4000");
        Endpoint peer = Endpoint.parse("127.0.0.1:5000");
        assertThat(laboratory.observed(key(1), peer, mine, 0)).isEqualTo(new Unchanged());
        assertThat(laboratory.observed(key(1), peer, mine, 0)).isEqualTo(new Unchanged());
        assertThat(laboratory.observed(key(2), peer, mine, 0)).isEqualTo(new Learned(mine));
    }

    @Seeded
    void whatever_comes_the_changes_tell_the_whole_story(long seed) {
        var random = new SplittableRandom(seed);
        Endpoint told = HOME;
        boolean known = false;
        long now = 0;
        for (int i = 0; i < 500; i++) {
            now += random.nextLong(LIFETIME / 8);
            Endpoint seen = HOME.withPort(4000 + random.nextInt(2));
            EndpointChange change = endpoints.observed(key(i), at(random.nextInt(20)), seen, now);
            switch (change) {
                case Unchanged() -> {}
                case Learned(Endpoint endpoint) -> {
                    assertThat(known).isFalse();
                    known = true;
                    told = endpoint;
                }
                case Moved(Endpoint from, Endpoint to) -> {
                    assertThat(known).isTrue();
                    assertThat(from).isEqualTo(told).isNotEqualTo(to);
                    told = to;
                }
                case Lost(Endpoint endpoint) -> {
                    assertThat(endpoint).isEqualTo(told);
                    known = false;
                }
            }
            assertThat(endpoints.own(true).isPresent()).isEqualTo(known);
            assertThat(endpoints.own(true).orElse(told)).isEqualTo(told);
        }
    }

    private void learnHome() {
        see(1, HOME);
        see(2, HOME);
        assertThat(see(3, HOME)).isEqualTo(new Learned(HOME));
    }

    private EndpointChange see(int observer, Endpoint seen) {
        return endpoints.observed(key(observer), at(observer), seen, 0);
    }

    private static Endpoint at(int observer) {
        return Endpoint.parse("20.0." + observer + ".1:4000");
    }

    private static NodeKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return NodeKey.of(bytes);
    }
}
