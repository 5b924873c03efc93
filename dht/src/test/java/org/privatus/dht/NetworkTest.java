package org.privatus.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.dht.DhtOutcome.Closest;
import org.privatus.dht.DhtOutcome.Found;
import org.privatus.dht.DhtOutcome.NotFound;
import org.privatus.dht.DhtOutcome.Refused;
import org.privatus.dht.DhtOutcome.Stored;
import org.privatus.dht.world.World;
import org.privatus.dht.world.WorldNode;

/// Networks of cores that formed by joining, as networks do.
class NetworkTest {
    private static final DhtSettings SETTINGS = DhtSettings.defaults();

    @Test
    void every_node_that_joins_is_found_by_every_other() {
        World world = World.formed(120, SETTINGS, 1);
        int exact = 0;
        for (WorldNode node : world.nodes()) {
            NodeId target = pick(world).id();
            if (node.id().equals(target)) {
                exact++;
                continue;
            }
            var found = (Closest) node.await(node.findClosest(target));
            exact += found.contacts().getFirst().id().equals(target) ? 1 : 0;
            assertThat(found.complete()).isTrue();
        }
        assertThat(exact).isEqualTo(120);
    }

    @Test
    void a_lookup_names_the_nearest_there_are() {
        World world = World.formed(100, SETTINGS, 2);
        NodeId target = NodeId.hashOf(new byte[] {1});
        WorldNode asker = world.nodes().get(77);
        var found = (Closest) asker.await(asker.findClosest(target));
        List<NodeId> nearest = nearest(world, target, asker).limit(20).toList();
        assertThat(found.contacts().stream().map(Contact::id)).containsExactlyElementsOf(nearest);
        assertThat(found.effort().depth()).isBetween(1, 4);
        assertThat(found.effort().requests()).isBetween(20, 50);
    }

    @Test
    void a_record_is_stored_at_the_nearest_and_found_by_anybody() {
        World world = World.formed(100, SETTINGS, 3);
        WorldNode owner = world.nodes().get(5);
        SignedRecord record = owner.record("salt", 1, "hello");
        var stored = (Stored) owner.await(owner.put(record.toBytes()));
        assertThat(stored.holders()).isEqualTo(20);
        for (WorldNode asker : world.nodes()) {
            var found = (Found) asker.await(asker.get(record.target()));
            assertThat(found.record()).isEqualTo(record);
        }
    }

    @Test
    void with_agreement_a_search_asks_fewer_than_all_holders() {
        World world = World.formed(100, SETTINGS, 4);
        WorldNode owner = world.nodes().get(5);
        SignedRecord record = owner.record("", 1, "hello");
        owner.await(owner.put(record.toBytes()));
        WorldNode asker = world.nodes().get(60);
        var found = (Found) asker.await(asker.get(record.target()));
        assertThat(found.holders()).isGreaterThanOrEqualTo(3);
        assertThat(found.effort().requests()).isLessThan(20);
    }

    @Test
    void the_highest_seq_wins_wherever_it_is_held() {
        World world = World.formed(60, SETTINGS, 5);
        WorldNode owner = world.nodes().get(5);
        SignedRecord first = owner.record("s", 1, "first");
        SignedRecord second = owner.record("s", 2, "second");
        owner.await(owner.put(first.toBytes()));
        assertThat(owner.await(owner.put(second.toBytes()))).isInstanceOf(Stored.class);
        WorldNode asker = world.nodes().get(40);
        assertThat(((Found) asker.await(asker.get(first.target()))).record()).isEqualTo(second);
        assertThat(((Refused) owner.await(owner.put(first.toBytes()))).reason()).isEqualTo(DhtOutcome.Reason.OUTDATED);
    }

    @Test
    void what_nobody_stored_is_not_found() {
        World world = World.formed(60, SETTINGS, 6);
        WorldNode asker = world.nodes().get(40);
        DhtOutcome outcome = asker.await(asker.get(NodeId.hashOf(new byte[] {9})));
        assertThat(outcome).isInstanceOf(NotFound.class);
        assertThat(outcome.effort().elapsedNanos()).isLessThan(5_000_000_000L);
    }

    @Test
    void records_survive_that_a_third_of_the_nodes_dies_at_once() {
        World world = World.formed(150, SETTINGS, 7);
        var targets = new ArrayList<SignedRecord>();
        for (int i = 0; i < 50; i++) {
            WorldNode owner = pick(world);
            SignedRecord record = owner.record("r" + i, 1, "v" + i);
            owner.await(owner.put(record.toBytes()));
            targets.add(record);
        }
        world.nodes().stream().filter(node -> node.number() % 10 < 3).forEach(WorldNode::die);
        int found = 0;
        for (SignedRecord record : targets) {
            WorldNode asker = alive(world);
            found += asker.await(asker.get(record.target())) instanceof Found ? 1 : 0;
        }
        assertThat(found).isEqualTo(50);
        WorldNode owner = alive(world);
        var stored =
                (Stored) owner.await(owner.put(owner.record("after", 1, "x").toBytes()));
        assertThat(stored.holders()).isGreaterThanOrEqualTo(15);
    }

    @Test
    void operations_succeed_where_datagrams_are_lost() {
        World world = World.formed(80, SETTINGS, 8).losing(0.05);
        int found = 0;
        for (int i = 0; i < 40; i++) {
            WorldNode owner = pick(world);
            SignedRecord record = owner.record("r" + i, 1, "v");
            assertThat(((Stored) owner.await(owner.put(record.toBytes()))).holders())
                    .isGreaterThan(8);
            WorldNode asker = pick(world);
            found += asker.await(asker.get(record.target())) instanceof Found ? 1 : 0;
        }
        assertThat(found).isEqualTo(40);
    }

    /// Sybils at random places: they were honest while the network formed, which is the worst they can do to the tables.
    @Test
    void eclipse_a_fifth_of_liars_hides_hardly_anything() {
        World world = World.formed(150, SETTINGS, 14);
        world.nodes().stream().filter(node -> node.number() % 5 == 1).forEach(WorldNode::lie);
        int found = 0;
        for (int i = 0; i < 200; i++) {
            WorldNode owner = honest(world);
            SignedRecord record = owner.record("r" + i, 1, "v");
            owner.await(owner.put(record.toBytes()));
            WorldNode asker = honest(world);
            found += asker.await(asker.get(record.target())) instanceof Found ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(198);
    }

    private static WorldNode honest(World world) {
        WorldNode node = pick(world);
        while (!node.honest()) {
            node = pick(world);
        }
        return node;
    }

    @Test
    void a_network_that_grows_slow_at_once_is_not_taken_for_dead() {
        World world = World.formed(60, SETTINGS, 13);
        WorldNode owner = world.nodes().get(5);
        world.slowDown(8);
        SignedRecord record = owner.record("s", 1, "slow");
        owner.await(owner.put(record.toBytes()));
        world.run(30_000);
        owner.await(owner.put(record.toBytes()));
        WorldNode asker = world.nodes().get(30);
        asker.await(asker.get(record.target()));
        world.run(10_000);
        assertThat(asker.await(asker.get(record.target()))).isInstanceOf(Found.class);
        for (WorldNode node : world.nodes()) {
            assertThat(node.core().view().contacts()).isGreaterThan(40);
        }
    }

    @Test
    void a_record_that_nobody_stores_again_expires() {
        World world = World.formed(40, SETTINGS, 9);
        WorldNode owner = world.nodes().get(5);
        SignedRecord record = owner.record("s", 1, "gone");
        owner.await(owner.put(record.toBytes()));
        WorldNode asker = world.nodes().get(30);
        world.run(119 * 60_000);
        assertThat(asker.await(asker.get(record.target()))).isInstanceOf(Found.class);
        world.run(2 * 60_000);
        assertThat(asker.await(asker.get(record.target()))).isInstanceOf(NotFound.class);
    }

    @Test
    void own_descriptors_are_published_again_before_they_expire() {
        World world = World.formed(40, SETTINGS, 10);
        world.run(5L * 60 * 60_000);
        for (WorldNode node : world.nodes()) {
            assertThat(node.core().view().holders()).isGreaterThanOrEqualTo(18);
        }
        WorldNode asker = world.add();
        asker.join(List.of(world.nodes().getFirst().contact()));
        world.run(2_000);
        asker.fillPool(256);
        world.run(60_000);
        assertThat(asker.learned()).hasSize(40);
    }

    @Test
    void the_same_seed_gives_the_same_history() {
        long first = busyHour(11).history();
        assertThat(busyHour(11).history()).isEqualTo(first);
        assertThat(busyHour(12).history()).isNotEqualTo(first);
    }

    private static World busyHour(long seed) {
        World world = World.formed(40, SETTINGS, seed).losing(0.02);
        world.nodes().forEach(node -> node.fillPool(256));
        for (int i = 0; i < 20; i++) {
            WorldNode owner = pick(world);
            owner.await(owner.put(owner.record("r" + i, 1, "v").toBytes()));
            pick(world).findClosest(NodeId.hashOf(new byte[] {(byte) i}));
        }
        world.run(60 * 60_000);
        return world;
    }

    private static WorldNode pick(World world) {
        return world.nodes().get(world.random().nextInt(world.nodes().size()));
    }

    private static WorldNode alive(World world) {
        WorldNode node = pick(world);
        while (!node.alive()) {
            node = pick(world);
        }
        return node;
    }

    private static Stream<NodeId> nearest(World world, NodeId target, WorldNode except) {
        Comparator<NodeId> byDistance = target::compareDistance;
        return world.nodes().stream()
                .filter(node -> !node.equals(except))
                .map(WorldNode::id)
                .sorted(byDistance);
    }
}
