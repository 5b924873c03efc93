package org.privatus.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.dht.DhtOutcome.Found;
import org.privatus.dht.DhtOutcome.Reason;
import org.privatus.dht.DhtOutcome.Refused;
import org.privatus.dht.DhtOutcome.Stored;
import org.privatus.dht.message.DhtAnswer;
import org.privatus.dht.message.DhtAnswer.Contacts;
import org.privatus.dht.message.DhtAnswer.Held;
import org.privatus.dht.message.DhtAnswer.Status;
import org.privatus.dht.message.DhtAnswer.StoreResult;
import org.privatus.dht.message.DhtCodec;
import org.privatus.dht.message.DhtRequest;
import org.privatus.dht.message.DhtRequest.FindNode;
import org.privatus.dht.message.DhtRequest.FindValue;
import org.privatus.dht.message.DhtRequest.Ping;
import org.privatus.dht.message.DhtRequest.Store;
import org.privatus.dht.message.Value;
import org.privatus.dht.settings.LookupSettings;
import org.privatus.dht.settings.RecordSettings;
import org.privatus.dht.world.Samples;
import org.privatus.dht.world.World;
import org.privatus.dht.world.WorldNode;
import org.privatus.testing.Seeded;

/// What one node does towards others: admission, answers, joining, publishing, the pool.
class KademliaTest {
    private static final DhtSettings SETTINGS = DhtSettings.defaults();

    @Test
    void nobody_enters_the_table_by_a_mention() {
        var world = new World(SETTINGS, 1);
        List<WorldNode> nodes = world.add(3);
        nodes.get(1).verified(nodes.get(2).contact(), true, 1);
        nodes.get(0).verified(nodes.get(1).contact(), true, 1);
        nodes.get(0).await(nodes.get(0).findClosest(nodes.get(2).id()));
        world.run(1_000);
        assertThat(nodes.get(0).core().view().contacts()).isEqualTo(1);
    }

    @Test
    void whoever_dialled_us_is_admitted_when_it_answers_us() {
        var world = new World(SETTINGS, 2);
        List<WorldNode> nodes = world.add(3);
        nodes.get(2).die();
        nodes.get(0).verified(nodes.get(1).contact(), false, 1);
        nodes.get(0).verified(nodes.get(2).contact(), false, 1);
        assertThat(nodes.get(0).core().view().contacts()).isZero();
        world.run(10_000);
        assertThat(nodes.get(0).core().view().contacts()).isEqualTo(1);
    }

    @Test
    void the_first_node_of_a_network_joins_nobody_and_is_found_by_the_second() {
        var world = new World(SETTINGS, 3);
        List<WorldNode> nodes = world.add(2);
        nodes.get(0).join(List.of());
        assertThat(nodes.get(0).joins()).containsExactly(0);
        nodes.get(1).join(List.of(nodes.get(0).contact()));
        world.run(5_000);
        assertThat(nodes.get(1).lastJoin()).isEqualTo(OptionalInt.of(1));
        assertThat(nodes.get(0).core().view().contacts()).isEqualTo(1);
        assertThat(nodes.get(0).core().view().joined()).isTrue();
    }

    @Test
    void an_unreachable_bootstrap_is_reported_and_tried_again_ever_more_seldom() {
        var world = new World(SETTINGS, 4);
        List<WorldNode> nodes = world.add(2);
        nodes.get(0).die();
        nodes.get(1).join(List.of(nodes.get(0).contact()));
        world.run(5_000);
        assertThat(nodes.get(1).joins()).isNotEmpty().containsOnly(0);
        world.run(600_000);
        assertThat(nodes.get(1).joins().size()).isBetween(8, 20);
        nodes.get(0).revive();
        world.run(90_000);
        assertThat(nodes.get(1).lastJoin()).isEqualTo(OptionalInt.of(1));
        assertThat(nodes.get(1).core().view().joined()).isTrue();
    }

    @Test
    void an_idle_node_without_contacts_has_no_deadline() {
        var world = new World(SETTINGS, 5);
        WorldNode node = world.add();
        node.join(List.of());
        assertThat(node.core().deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void dead_contacts_leave_the_table_and_others_take_their_place() {
        World world = World.formed(60, SETTINGS, 6);
        world.nodes().stream().filter(node -> node.number() % 3 == 1).forEach(WorldNode::die);
        world.run(3L * 60 * 60_000);
        for (WorldNode node : world.nodes()) {
            if (node.alive()) {
                DhtView view = node.core().view();
                assertThat(view.contacts()).isBetween(25, 45);
                assertThat(view.demoted()).isLessThan(5);
            }
        }
    }

    @Test
    void a_node_that_is_cut_off_forgets_nobody() {
        World world = World.formed(30, SETTINGS, 7);
        WorldNode node = world.nodes().get(10);
        int before = node.core().view().contacts();
        world.nodes().stream().filter(other -> !other.equals(node)).forEach(WorldNode::die);
        world.run(60L * 60_000);
        assertThat(node.core().view().contacts()).isGreaterThan(before - 3);
    }

    @Test
    void the_pool_holds_all_there_are_and_then_asks_nothing() {
        World world = World.formed(50, SETTINGS, 8);
        WorldNode node = world.nodes().get(10);
        node.fillPool(256);
        world.run(60_000);
        assertThat(node.learned()).hasSize(49).doesNotContainKey(node.id());
    }

    @Test
    void a_full_pool_asks_nothing_more() {
        World world = World.formed(120, SETTINGS, 9);
        WorldNode node = world.nodes().get(10);
        node.fillPool(60);
        world.run(60_000);
        assertThat(node.learned()).hasSize(60);
        long asked = node.core().view().counters().asked();
        world.run(60_000);
        assertThat(node.core().view().counters().asked() - asked).isLessThan(10);
    }

    @Test
    void descriptors_of_newcomers_reach_a_pool_that_is_not_full() {
        World world = World.formed(20, SETTINGS, 10);
        world.nodes().forEach(node -> node.fillPool(256));
        world.run(30_000);
        WorldNode newcomer = world.add();
        newcomer.join(List.of(world.nodes().getFirst().contact()));
        newcomer.publish();
        world.run(30_000);
        for (WorldNode node : world.nodes().subList(0, 20)) {
            assertThat(node.learned()).hasSize(20).containsKey(newcomer.id());
        }
    }

    @Test
    void a_descriptor_is_renewed_before_it_ends_and_lost_with_its_node() {
        World world = World.formed(20, SETTINGS, 11);
        WorldNode node = world.nodes().get(3);
        WorldNode subject = world.nodes().get(4);
        subject.publish(3_600_000);
        world.run(10_000);
        node.fillPool(256);
        world.run(10_000);
        world.run(1_800_000);
        NodeDescriptor renewed = subject.publish(3_600_000);
        world.run(1_700_000);
        assertThat(node.learned()).containsEntry(subject.id(), renewed);
        subject.die();
        world.run(10_000_000);
        assertThat(node.learned()).doesNotContainKey(subject.id());
        assertThat(node.lost()).contains(subject.id());
    }

    @Test
    void a_relay_that_failed_leaves_the_pool_for_a_while() {
        World world = World.formed(20, SETTINGS, 12);
        WorldNode node = world.nodes().get(3);
        node.fillPool(256);
        world.run(10_000);
        NodeId failed = world.nodes().get(4).id();
        node.core().relayFailed(failed, world.now());
        assertThat(node.lost()).containsExactly(failed);
        assertThat(node.learned()).hasSize(18);
    }

    @Test
    void a_relay_that_is_kept_stays_in_a_full_pool_and_its_old_descriptor_leads_to_the_new_one() {
        World world = World.formed(60, SETTINGS, 15);
        WorldNode node = world.nodes().get(3);
        WorldNode subject = world.nodes().get(4);
        NodeDescriptor old = subject.publish(3_600_000);
        world.run(10_000);
        world.run(1_800_000);
        NodeDescriptor current = subject.publish(7_200_000);
        world.run(2_500_000);
        node.fillPool(0);
        node.keep(List.of(old));
        world.run(10_000);
        assertThat(node.learned()).containsEntry(subject.id(), current);
        node.core().relayFailed(subject.id(), world.now());
        assertThat(node.lost()).isEmpty();

        subject.die();
        world.run(10_000_000);
        assertThat(node.lost()).containsExactly(subject.id());
        long asked = node.core().view().counters().asked();
        world.run(3_600_000);
        assertThat(node.core().view().counters().asked() - asked).isLessThan(600);
        node.keep(List.of());
        world.run(3_600_000);
        long quiet = node.core().view().counters().asked();
        world.run(3_600_000);
        assertThat(node.core().view().counters().asked() - quiet).isLessThan(100);
    }

    @Test
    void a_descriptor_that_is_to_be_kept_is_verified() throws MalformedPacketException {
        World world = World.formed(10, SETTINGS, 16);
        WorldNode node = world.nodes().get(3);
        byte[] forged = world.nodes().get(4).publish(3_600_000).toBytes();
        forged[forged.length - 1] ^= 1;
        node.keep(List.of(NodeDescriptor.read(forged)));
        world.run(500);
        assertThat(node.learned().values()).doesNotContain(NodeDescriptor.read(forged));
    }

    @Test
    void a_node_never_answers_for_its_own_descriptor() throws MalformedPacketException {
        World world = World.formed(10, SETTINGS, 13);
        WorldNode node = world.nodes().get(3);
        assertThat(ask(world, node, new FindValue(node.id()))).isInstanceOf(Contacts.class);
        assertThat(ask(world, world.nodes().get(4), new FindValue(node.id()))).isInstanceOf(Held.class);
    }

    @Test
    void a_forged_record_is_not_stored_and_not_believed() throws MalformedPacketException {
        World world = World.formed(10, SETTINGS, 14);
        WorldNode owner = world.nodes().get(1);
        byte[] forged = owner.record("s", 1, "value").toBytes();
        forged[forged.length - 1 - 64] ^= 1;
        var store = new Store(new Value(Value.Kind.SIGNED, forged), OptionalLong.empty());
        assertThat(ask(world, world.nodes().get(2), store)).isEqualTo(new StoreResult(Status.INVALID, 0));
        assertThat(((Refused) owner.await(owner.put(forged))).reason()).isEqualTo(Reason.INVALID);
        assertThat(((Refused) owner.await(owner.put(new byte[3_000]))).reason()).isEqualTo(Reason.INVALID);
        assertThat(world.nodes().get(2).core().view().records()).isEqualTo(9);
    }

    @Test
    void a_store_of_somebody_unknown_is_dropped() {
        World world = World.formed(3, SETTINGS, 15);
        WorldNode node = world.nodes().get(0);
        SignedRecord record = node.record("s", 1, "value");
        var store = new Store(new Value(Value.Kind.SIGNED, record.toBytes()), OptionalLong.empty());
        var answers = new ArrayList<byte[]>();
        Contact from = world.nodes().get(1).contact();
        node.receive(Optional.empty(), from.endpoint(), DhtCodec.encode(store), answers::add);
        world.run(1_000);
        assertThat(answers).isEmpty();
        assertThat(node.core().view().counters().malformed()).isEqualTo(1);
    }

    @Test
    void checks_for_strangers_are_bounded() {
        DhtSettings settings = SETTINGS.with(RecordSettings.defaults().withVerifying(2));
        World world = World.formed(3, settings, 16);
        WorldNode node = world.nodes().get(0);
        var answers = new ArrayList<byte[]>();
        Contact from = world.nodes().get(1).contact();
        for (int i = 0; i < 5; i++) {
            SignedRecord record = world.nodes().get(1).record("s" + i, 1, "value");
            var store = new Store(new Value(Value.Kind.SIGNED, record.toBytes()), OptionalLong.empty());
            node.receive(Optional.of(from), from.endpoint(), DhtCodec.encode(store), answers::add);
        }
        assertThat(answers).hasSize(3);
        world.run(10);
        assertThat(answers).hasSize(5);
        assertThat(node.core().view().counters().refused()).isEqualTo(3);
    }

    @Test
    void operations_are_bounded_and_the_refusal_comes_after_the_call() {
        DhtSettings settings = SETTINGS.with(LookupSettings.defaults().withMaxOperations(1));
        World world = World.formed(10, settings, 17);
        WorldNode node = world.nodes().get(0);
        long first = node.get(NodeId.hashOf(new byte[] {1}));
        long second = node.get(NodeId.hashOf(new byte[] {2}));
        assertThat(node.outcome(second)).isEmpty();
        assertThat(((Refused) node.await(second)).reason()).isEqualTo(Reason.BUSY);
        node.await(first);
        assertThat(node.core().view().operations()).isZero();
    }

    @Test
    void alone_a_node_holds_and_finds_its_records_itself() {
        var world = new World(SETTINGS, 18);
        WorldNode node = world.add();
        SignedRecord record = node.record("s", 1, "value");
        long operation = node.put(record.toBytes());
        assertThat(node.outcome(operation)).isEmpty();
        assertThat(((Stored) node.await(operation)).holders()).isEqualTo(1);
        assertThat(((Found) node.await(node.get(record.target()))).record()).isEqualTo(record);
    }

    @Test
    void compare_and_swap_reaches_the_holders() {
        World world = World.formed(30, SETTINGS, 19);
        WorldNode owner = world.nodes().get(3);
        owner.await(owner.put(owner.record("s", 5, "five").toBytes()));
        byte[] next = owner.record("s", 6, "six").toBytes();
        long stale = owner.core().put(next, OptionalLong.of(4), world.now(), world.epochMillis());
        assertThat(((Refused) owner.await(stale)).reason()).isEqualTo(Reason.CONFLICT);
        long fresh = owner.core().put(next, OptionalLong.of(5), world.now(), world.epochMillis());
        assertThat(owner.await(fresh)).isInstanceOf(Stored.class);
    }

    @Seeded(200)
    void random_bytes_from_anybody_are_counted_and_dropped(long seed) {
        var world = new World(SETTINGS, seed);
        List<WorldNode> nodes = world.add(2);
        var samples = new Samples(seed);
        var answers = new ArrayList<byte[]>();
        for (int i = 0; i < 20; i++) {
            byte[] body = samples.bytes(samples.random().nextInt(1_200));
            Contact from = nodes.get(1).contact();
            nodes.get(0).receive(Optional.of(from), from.endpoint(), body, answers::add);
        }
        world.run(100);
        DhtView.Counters counters = nodes.get(0).core().view().counters();
        assertThat(counters.malformed() + counters.served()).isEqualTo(20);
        assertThat(answers).hasSize((int) counters.served());
    }

    @Test
    void answers_never_outgrow_the_second_message() throws MalformedPacketException {
        World world = World.formed(60, SETTINGS, 20);
        WorldNode node = world.nodes().get(3);
        for (DhtRequest request : List.of(new Ping(), new FindNode(node.id()), new FindValue(node.id()))) {
            assertThat(DhtCodec.encode(ask(world, node, request)).length).isLessThanOrEqualTo(DhtCodec.MAX_ANSWER);
        }
    }

    @Test
    void a_job_of_somebody_else_is_a_bug() {
        WorldNode node = new World(SETTINGS, 21).add();
        assertThatThrownBy(() -> node.core().computed(new Foreign(), 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final class Foreign extends Job {
        @Override
        public void run() {}

        @Override
        public Cost cost() {
            return Cost.NONE;
        }
    }

    /// As a finished link brings it, from the last node.
    private static DhtAnswer ask(World world, WorldNode node, DhtRequest request) throws MalformedPacketException {
        Contact from = world.nodes().getLast().contact();
        var answers = new ArrayList<byte[]>();
        node.receive(Optional.of(from), from.endpoint(), DhtCodec.encode(request), answers::add);
        world.run(10);
        assertThat(answers).hasSize(1);
        byte[] answer = answers.getFirst();
        return DhtCodec.readAnswer(Arrays.copyOf(answer, answer.length));
    }
}
