package org.privatus.dht.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.routing.Admission.Reason;
import org.privatus.dht.settings.TableSettings;
import org.privatus.dht.world.Samples;
import org.privatus.testing.Seeded;

class RoutingTableTest {
    private static final long RTT = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Samples samples = new Samples(1);
    private final NodeId self = samples.id();
    private final RoutingTable table = table(TableSettings.defaults());

    private RoutingTable table(TableSettings settings) {
        return new RoutingTable(self, settings, samples.random());
    }

    @Seeded(50)
    void closest_gives_what_sorting_everybody_would_give(long seed) {
        var drawn = new Samples(seed);
        var filled = new RoutingTable(drawn.id(), TableSettings.defaults(), drawn.random());
        var admitted = new ArrayList<Contact>();
        for (int i = 0; i < drawn.random().nextInt(600); i++) {
            Contact contact = drawn.contact();
            if (filled.admit(contact, RTT, i) instanceof Admission.Added) {
                admitted.add(contact);
            }
        }
        for (int i = 0; i < 20; i++) {
            NodeId target = drawn.id();
            Comparator<Contact> byDistance = (a, b) -> target.compareDistance(a.id(), b.id());
            List<Contact> expected =
                    admitted.stream().sorted(byDistance).limit(20).toList();
            assertThat(filled.closest(target, 20)).isEqualTo(expected);
        }
        assertThat(filled.size()).isEqualTo(admitted.size());
    }

    @Seeded(50)
    void contacts_adopted_together_are_those_that_would_be_admitted_one_by_one(long seed) {
        var drawn = new Samples(seed);
        NodeId own = drawn.id();
        var proven = new ArrayList<Contact>();
        for (int i = 0; i < 200; i++) {
            proven.add(drawn.contact());
        }
        for (int i = 0; i < 6; i++) {
            proven.add(drawn.contactAtDepth(own, i % 3, "50.1.2." + i + ":1"));
        }
        proven.add(proven.getFirst().at(Endpoint.parse("60.1.1.1:5")));
        var together = new RoutingTable(own, TableSettings.defaults(), drawn.random());
        together.adopt(proven, 7);
        var oneByOne = new RoutingTable(own, TableSettings.defaults(), drawn.random());
        proven.forEach(contact -> oneByOne.admit(contact, 0, 7));
        assertThat(together.closest(own, 1_000)).isEqualTo(oneByOne.closest(own, 1_000));
        assertThat(together.size()).isEqualTo(oneByOne.size());
        for (int depth = 0; depth < together.depth(); depth++) {
            assertThat(together.waitingInBucket(depth)).isEqualTo(oneByOne.waitingInBucket(depth));
            assertThat(together.touchedNanos(depth)).isEqualTo(7);
        }
    }

    @Test
    void whoever_was_adopted_counts_as_heard_then_and_as_never_measured() {
        List<Contact> members = List.of(samples.contactAtDepth(self, 0), samples.contactAtDepth(self, 0));
        table.adopt(members, 5 * MINUTE);
        assertThat(table.patienceNanos(members.getFirst().id())).isEmpty();
        assertThat(table.quietest(0)).contains(members.getFirst());
        table.answered(members.getFirst().id(), members.getFirst().endpoint(), RTT, 6 * MINUTE);
        assertThat(table.quietest(0)).contains(members.getLast());
        assertThat(table.touchedNanos(0)).isEqualTo(6 * MINUTE);
        assertThat(fail(members.getLast(), 7 * MINUTE)).isInstanceOf(Failure.Demoted.class);
        assertThat(table.demoted()).isEqualTo(1);
    }

    @Test
    void a_bucket_holds_k_and_keeps_the_oldest() {
        List<Contact> first = fill(0, 20);
        assertThat(table.admit(samples.contactAtDepth(self, 0), RTT, 100)).isEqualTo(new Admission.Waiting());
        assertThat(table.closest(self, 100)).containsExactlyInAnyOrderElementsOf(first);
        assertThat(table.waitingInBucket(0)).isEqualTo(1);
    }

    @Test
    void those_that_wait_are_bounded() {
        fill(0, 20);
        fill(0, 50);
        assertThat(table.waitingInBucket(0)).isEqualTo(10);
        assertThat(table.size()).isEqualTo(20);
    }

    @Test
    void the_table_never_exceeds_its_limit() {
        var small = table(new TableSettings(20, 30, 10, 2, 3, false, minutes(15), 3, seconds(2)));
        for (int i = 0; i < 500; i++) {
            small.admit(samples.contact(), RTT, i);
        }
        assertThat(small.size()).isEqualTo(30);
    }

    @Test
    void a_full_bucket_asks_for_a_challenge_of_whoever_was_silent_longest() {
        List<Contact> first = fill(0, 20);
        table.answered(first.getFirst().id(), first.getFirst().endpoint(), RTT, 20 * MINUTE);
        Admission admission = table.admit(samples.contactAtDepth(self, 0), RTT, 21 * MINUTE);
        assertThat(admission).isEqualTo(new Admission.Challenge(first.get(1)));
        assertThat(table.admit(samples.contactAtDepth(self, 0), RTT, 21 * MINUTE))
                .as("one challenge at a time")
                .isEqualTo(new Admission.Waiting());
    }

    @Test
    void two_of_one_network_enter_a_bucket_and_three_the_table() {
        for (int i = 1; i <= 2; i++) {
            assertThat(table.admit(samples.contactAtDepth(self, 0, "50.1.2." + i + ":1"), RTT, i))
                    .isEqualTo(new Admission.Added());
        }
        assertThat(table.admit(samples.contactAtDepth(self, 0, "50.1.2.3:1"), RTT, 3))
                .isEqualTo(crowded());
        assertThat(table.admit(samples.contactAtDepth(self, 1, "50.1.2.4:1"), RTT, 4))
                .isEqualTo(new Admission.Added());
        assertThat(table.admit(samples.contactAtDepth(self, 2, "50.1.2.5:1"), RTT, 5))
                .isEqualTo(crowded());
        assertThat(table.wants(samples.contactAtDepth(self, 2, "50.1.2.5:1"))).isFalse();
        assertThat(table.wants(samples.contactAtDepth(self, 2, "50.1.3.5:1"))).isTrue();
    }

    @Test
    void a_network_of_ipv6_is_a_48() {
        for (int i = 1; i <= 2; i++) {
            Contact contact = samples.contactAtDepth(self, 0, "[2a00:1:2:" + i + "::1]:1");
            assertThat(table.admit(contact, RTT, i)).isEqualTo(new Admission.Added());
        }
        Contact third = samples.contactAtDepth(self, 0, "[2a00:1:2:3::1]:1");
        assertThat(table.admit(third, RTT, 3)).isEqualTo(crowded());
    }

    @Test
    void local_addresses_are_refused_unless_the_network_is_a_laboratory_and_know_no_limit_there() {
        Contact local = samples.contactAtDepth(self, 0, "127.0.0.1:1");
        assertThat(table.admit(local, RTT, 1)).isEqualTo(new Admission.Refused(Reason.LOCAL_ADDRESS));
        var laboratory = table(TableSettings.defaults().withLocalAddresses(true));
        for (int i = 1; i <= 20; i++) {
            Contact contact = samples.contactAtDepth(self, 0, "127.0.0.1:" + i);
            assertThat(laboratory.admit(contact, RTT, i)).isEqualTo(new Admission.Added());
        }
    }

    @Test
    void the_node_itself_never_enters() {
        Contact mine = samples.contact();
        var other = new RoutingTable(mine.id(), TableSettings.defaults(), samples.random());
        assertThat(other.admit(mine, RTT, 1)).isEqualTo(new Admission.Refused(Reason.SELF));
        assertThat(other.wants(mine)).isFalse();
    }

    @Test
    void a_contact_that_proves_itself_elsewhere_is_kept_there_and_only_there() {
        Contact contact = samples.contactAtDepth(self, 0);
        table.admit(contact, RTT, 1);
        Contact moved = contact.at(Endpoint.parse("60.1.1.1:5"));
        assertThat(table.admit(moved, RTT, 2)).isEqualTo(new Admission.Known());
        assertThat(table.closest(self, 1)).containsExactly(moved);
        assertThat(table.failed(contact.id(), contact.endpoint(), true, 3)).isEqualTo(new Failure.Unknown());
    }

    @Test
    void whoever_fails_is_not_mentioned_and_asked_last() {
        List<Contact> members = fill(0, 5);
        Contact failing = table.closest(self, 1).getFirst();
        assertThat(fail(failing, 10)).isInstanceOf(Failure.Demoted.class);
        assertThat(table.closest(self, 5)).doesNotContain(failing).hasSize(4);
        assertThat(table.closestToAsk(self, 5)).endsWith(failing).hasSize(5);
        assertThat(members).contains(failing);
        table.answered(failing.id(), failing.endpoint(), RTT, 20);
        assertThat(table.closest(self, 5)).contains(failing);
    }

    @Test
    void after_three_failures_a_contact_goes_if_somebody_else_was_heard() {
        List<Contact> members = fill(0, 2);
        Contact failing = members.getFirst();
        fail(failing, 10);
        fail(failing, 20);
        assertThat(fail(failing, 30)).as("silence from everybody").isInstanceOf(Failure.Demoted.class);
        table.answered(members.get(1).id(), members.get(1).endpoint(), RTT, 40);
        assertThat(fail(failing, 50)).isInstanceOf(Failure.Evicted.class);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void whoever_may_only_be_slow_is_demoted_and_stays() {
        List<Contact> members = fill(0, 2);
        Contact slow = members.getFirst();
        for (int i = 10; i < 20; i++) {
            table.answered(members.get(1).id(), members.get(1).endpoint(), RTT, i);
            assertThat(table.failed(slow.id(), slow.endpoint(), false, i)).isInstanceOf(Failure.Demoted.class);
        }
        assertThat(table.demoted()).isEqualTo(1);
    }

    @Test
    void a_waiting_contact_takes_a_place_that_becomes_free() {
        Contact failing = fill(0, 20).getFirst();
        Contact waiting = samples.contactAtDepth(self, 0);
        table.admit(waiting, RTT, 100);
        fail(failing, 200);
        table.answered(samples.id(), waiting.endpoint(), RTT, 250);
        var evicted = (Failure.Evicted) fail(failing, 300);
        assertThat(evicted.successor()).contains(waiting);
        assertThat(table.contains(waiting.id())).isTrue();
        assertThat(table.waitingInBucket(0)).isZero();
    }

    @Test
    void rechecks_come_at_growing_distances() {
        Contact failing = fill(0, 2).getFirst();
        assertThat(fail(failing, 1)).isEqualTo(new Failure.Demoted(failing, TimeUnit.SECONDS.toNanos(2)));
        assertThat(fail(failing, 2)).isEqualTo(new Failure.Demoted(failing, TimeUnit.SECONDS.toNanos(4)));
    }

    @Test
    void patience_follows_rfc_6298() {
        Contact contact = samples.contactAtDepth(self, 0);
        table.admit(contact, TimeUnit.MILLISECONDS.toNanos(100), 1);
        assertThat(table.patienceNanos(contact.id())).hasValue(TimeUnit.MILLISECONDS.toNanos(200));
        for (int i = 0; i < 100; i++) {
            table.answered(contact.id(), contact.endpoint(), TimeUnit.MILLISECONDS.toNanos(100), 2 + i);
        }
        assertThat(table.patienceNanos(contact.id()).orElseThrow())
                .isBetween(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.MILLISECONDS.toNanos(101));
        assertThat(table.patienceNanos(samples.id())).isEmpty();
    }

    @Test
    void a_random_id_belongs_in_its_bucket() {
        for (int depth = 0; depth < NodeId.BITS; depth++) {
            assertThat(self.commonPrefixLength(table.randomIdIn(depth))).isEqualTo(depth);
        }
    }

    @Test
    void the_size_of_the_network_is_guessed_from_how_near_the_nearest_are() {
        for (int i = 0; i < 20_000; i++) {
            table.admit(samples.contact(), RTT, i);
        }
        assertThat(table.estimatedNodes()).isBetween(8_000L, 50_000L);
    }

    private List<Contact> fill(int depth, int count) {
        var added = new ArrayList<Contact>();
        for (int i = 0; i < count; i++) {
            Contact contact = samples.contactAtDepth(self, depth);
            table.admit(contact, RTT, i);
            added.add(contact);
        }
        return added;
    }

    private Failure fail(Contact contact, long now) {
        return table.failed(contact.id(), contact.endpoint(), true, now);
    }

    private static Admission crowded() {
        return new Admission.Refused(Reason.CROWDED);
    }

    private static Duration minutes(int count) {
        return Duration.ofMinutes(count);
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }
}
