package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.privatus.testing.Seeded;

class ChaosTest {
    /// Relays die one after the other, at any time; whatever was in flight is lost, and what is sent again arrives.
    @Seeded(10)
    void as_long_as_enough_relays_live_people_reach_each_other(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OnionWorld world = OnionWorld.of(seed, 14);
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        bob.serve();
        alice.serve();
        for (int kills = 0; kills < 5; kills++) {
            world.run(random.nextDouble(0.1, 40));
            long attempt = alice.openSplice(bob);
            world.run(random.nextDouble(0.0, 2));
            if (alice.isOpen(attempt)) {
                alice.send(attempt, new byte[random.nextInt(100_000)]);
            }
            world.run(random.nextDouble(0.0, 1));
            List<WorldNode> alive = world.nodes().stream()
                    .filter(node -> node.isAlive() && node.person().isEmpty())
                    .toList();
            alive.get(random.nextInt(alive.size())).kill();
        }
        reach(world, alice, bob, 90);
        reach(world, bob, alice, 30);
        world.run(100);
        reach(world, alice, bob, 10);
        assertThat(alice.view().circuits()).hasSizeLessThanOrEqualTo(10);
    }

    /// Opens splices until one leads through, as `node` would, and sends through it.
    private static void reach(OnionWorld world, WorldPerson from, WorldPerson to, double seconds) {
        byte[] bytes = new byte[20_000];
        long[] splice = {from.openSplice(to)};
        int before = to.incoming().size();
        world.runUntil(seconds, "a splice", () -> {
            if (from.closed().containsKey(splice[0])) {
                splice[0] = from.openSplice(to);
            }
            return from.isOpen(splice[0]) && to.incoming().size() > before;
        });
        from.send(splice[0], bytes);
        world.runUntil(
                20,
                "all bytes",
                () -> to.incoming().stream().anyMatch(incoming -> to.received(incoming).length == bytes.length));
        from.closeSplice(splice[0]);
    }
}
