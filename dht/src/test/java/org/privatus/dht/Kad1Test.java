package org.privatus.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.privatus.dht.DhtOutcome.Closest;
import org.privatus.dht.settings.LookupSettings;
import org.privatus.dht.world.World;
import org.privatus.dht.world.WorldNode;

/// KAD-1, the workload on which simulators of Kademlia are compared, at 1,000 nodes with α = 3: three independent implementations agree on
/// 21.53 requests per lookup, a depth of 1.88, 838 ms and a success of 0.9989.
class Kad1Test {
    private static final int NODES = 1_000;
    private static final int BUCKET = 20;
    private static final int LOOKUPS = 4_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void converged_tables_need_as_many_requests_as_published() {
        DhtSettings settings = DhtSettings.defaults()
                .with(LookupSettings.defaults()
                        .withParallelism(3)
                        .withPaths(1)
                        .withTogether(false)
                        .withFloors(SECOND, SECOND)
                        .withMaxOperations(10_000));
        var world = new World(settings, 1);
        List<WorldNode> nodes = world.add(NODES);
        nodes.forEach(node -> converge(node, nodes, world.random()));

        var asked = new ArrayList<Asked>();
        for (int i = 0; i < LOOKUPS; i++) {
            world.run(1);
            WorldNode asker = nodes.get(world.random().nextInt(NODES));
            WorldNode target = nodes.get(world.random().nextInt(NODES));
            asked.add(new Asked(asker, target, asker.findClosest(target.id())));
        }
        world.run(5_000);

        double requests = 0;
        double depth = 0;
        double millis = 0;
        double successes = 0;
        for (Asked lookup : asked) {
            var outcome = (Closest) lookup.asker.outcome(lookup.operation).orElseThrow();
            requests += outcome.effort().requests();
            depth += outcome.effort().depth();
            millis += outcome.effort().elapsedNanos() / 1e6;
            boolean found = outcome.contacts().getFirst().id().equals(lookup.target.id());
            successes += found || lookup.asker.equals(lookup.target) ? 1 : 0;
        }
        assertThat(requests / LOOKUPS).isCloseTo(21.53, within(0.02 * 21.53));
        assertThat(depth / LOOKUPS).isCloseTo(1.88, within(0.1));
        assertThat(millis / LOOKUPS).isCloseTo(838, within(0.05 * 838));
        assertThat(successes / LOOKUPS).isGreaterThan(0.995);
    }

    private record Asked(WorldNode asker, WorldNode target, long operation) {}

    /// Every bucket gets min(k, subtree) uniformly chosen members.
    private static void converge(WorldNode node, List<WorldNode> nodes, SplittableRandom random) {
        var subtrees = new TreeMap<Integer, List<WorldNode>>();
        for (WorldNode other : nodes) {
            if (!other.equals(node)) {
                int depth = node.id().commonPrefixLength(other.id());
                subtrees.computeIfAbsent(depth, _ -> new ArrayList<>()).add(other);
            }
        }
        for (List<WorldNode> subtree : subtrees.values()) {
            Collections.shuffle(subtree, new Random(random.nextLong()));
            for (WorldNode other : subtree.subList(0, Math.min(BUCKET, subtree.size()))) {
                node.verified(other.contact(), true, 110_000_000);
            }
        }
    }
}
