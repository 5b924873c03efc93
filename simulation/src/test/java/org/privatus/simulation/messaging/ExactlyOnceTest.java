package org.privatus.simulation.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.simulation.messaging.SpliceWorld.MILLI;
import static org.privatus.simulation.messaging.SpliceWorld.MINUTE;
import static org.privatus.simulation.messaging.SpliceWorld.SECOND;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoredMessage;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.testing.Seeded;

/// Splices die, nodes crash at any commit, both sides begin at once: what was queued arrives, once, and what was
/// acknowledged is on the other's disk (which {@link Person} checks at every acknowledgement).
class ExactlyOnceTest {
    private static void expectExactlyOnce(Person from, Person to) {
        Set<MessageId> arrived = new LinkedHashSet<>();
        for (StoredMessage message : to.inbox()) {
            assertThat(arrived.add(message.id())).as("shown twice: " + message).isTrue();
        }
        assertThat(arrived).as("to " + to.name).containsAll(from.queued).containsAll(from.acknowledged);
        assertThat(from.outbox()).as("outbox of " + from.name).isEmpty();
    }

    @Seeded(40)
    void both_begin_at_once(long seed) {
        var world = new SpliceWorld(seed, new StubSuite());
        Person alice = world.person("alice");
        Person bob = world.person("bob");
        alice.add(bob);
        bob.add(alice);
        alice.send(bob, "from alice");
        world.run(world.random.nextLong(20) * MILLI);
        bob.send(alice, "from bob");
        world.run(5 * SECOND);
        alice.send(bob, "more from alice");
        bob.send(alice, "more from bob");
        world.run(MINUTE);

        expectExactlyOnce(alice, bob);
        expectExactlyOnce(bob, alice);
        assertThat(alice.acknowledged).hasSize(2);
        assertThat(bob.acknowledged).hasSize(2);
        assertThat(alice.lastSealedUnder).isPresent().isEqualTo(bob.lastSealedUnder);
    }

    @Seeded(100)
    void splices_die(long seed) {
        var world = new SpliceWorld(seed, new StubSuite());
        world.deathsPerMille = 500;
        world.failuresPerMille = 200;
        chat(world, 60);
    }

    @Seeded(150)
    void nodes_crash_and_splices_die(long seed) {
        var world = new SpliceWorld(seed, new StubSuite());
        world.deathsPerMille = 200;
        world.failuresPerMille = 100;
        world.crashesPerMille = 100;
        chat(world, 40);
    }

    @Seeded(40)
    void sessions_get_lost_besides(long seed) {
        var world = new SpliceWorld(seed, new StubSuite());
        world.deathsPerMille = 200;
        Person alice = world.person("alice");
        Person bob = world.person("bob");
        alice.add(bob);
        bob.add(alice);
        world.run(SECOND);
        world.crashesPerMille = 30;
        for (int i = 0; i < 40; i++) {
            say(world, world.random.nextBoolean() ? alice : bob, alice, bob, i);
            if (world.random.nextInt(8) == 0) {
                Person loser = world.random.nextBoolean() ? alice : bob;
                if (loser.isUp()) {
                    loser.forgetSessionsAndRestart();
                }
            }
            world.run(world.random.nextLong(20 * SECOND));
        }
        calm(world, alice, bob);
    }

    private static void chat(SpliceWorld world, int texts) {
        Person alice = world.person("alice");
        Person bob = world.person("bob");
        int crashes = world.crashesPerMille;
        world.crashesPerMille = 0;
        alice.add(bob);
        bob.add(alice);
        world.run(SECOND);
        world.crashesPerMille = crashes;
        for (int i = 0; i < texts; i++) {
            say(world, world.random.nextBoolean() ? alice : bob, alice, bob, i);
            world.run(world.random.nextLong(15 * SECOND));
        }
        calm(world, alice, bob);
    }

    private static void say(SpliceWorld world, Person who, Person alice, Person bob, int number) {
        if (who.isUp() && !who.persons(Standing.CONTACT).isEmpty()) {
            who.send(who == alice ? bob : alice, "text " + number + "x".repeat(world.random.nextInt(600)));
        }
    }

    private static void calm(SpliceWorld world, Person alice, Person bob) {
        world.deathsPerMille = 0;
        world.failuresPerMille = 0;
        world.crashesPerMille = 0;
        world.run(90 * MINUTE);
        expectExactlyOnce(alice, bob);
        expectExactlyOnce(bob, alice);
        assertThat(alice.core().view().splices()).isZero();
        assertThat(alice.core().view().commits()).isZero();
        assertThat(alice.core().deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    /// Alice or Bob is killed at the n-th commit, before or after it is synced, for every n there is.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_crash_at_every_commit(boolean afterSync) {
        int commits = converse(0, 0, afterSync);
        assertThat(commits).isGreaterThan(8);
        for (int who = 0; who < 2; who++) {
            for (int at = 2; at <= commits + 2; at++) {
                converse(who, at, afterSync);
            }
        }
    }

    /// The number of commits that the busier one made.
    private static int converse(int who, int crashAt, boolean afterSync) {
        var world = new SpliceWorld(99, new StubSuite());
        Person alice = world.person("alice");
        Person bob = world.person("bob");
        Person victim = List.of(alice, bob).get(who);
        victim.crashAtCommit = crashAt;
        victim.crashAfterSync = afterSync;
        alice.add(bob);
        bob.add(alice);
        world.run(SECOND);
        for (int i = 0; i < 4; i++) {
            for (Person one : List.of(alice, bob)) {
                say(world, one, alice, bob, i);
            }
            world.run(3 * SECOND);
        }
        world.run(30 * MINUTE);
        expectExactlyOnce(alice, bob);
        expectExactlyOnce(bob, alice);
        return Math.max(alice.commits, bob.commits);
    }

    @Test
    void the_introduction_is_repeated_after_a_crash_and_no_second_handshake_needed() {
        var world = new SpliceWorld(1, new StubSuite());
        Person alice = world.person("alice");
        Person bob = world.person("bob");
        bob.add(alice);
        alice.add(bob);
        world.run(SECOND);
        alice.crashAtCommit = 3;
        alice.crashAfterSync = true;
        alice.send(bob, "hello");
        world.run(2 * MINUTE);

        assertThat(world.splices).hasSize(2);
        assertThat(world.splices.getFirst().fromOpener.getFirst()[0])
                .as("greeting")
                .isEqualTo((byte) 1);
        assertThat(world.splices.getLast().fromOpener.getFirst()[0])
                .as("introduction")
                .isEqualTo((byte) 3);
        expectExactlyOnce(alice, bob);
        assertThat(alice.acknowledged).hasSize(1);
    }

    @Test
    void the_same_seed_is_the_same_run() {
        assertThat(trace()).isEqualTo(trace());
    }

    private static List<String> trace() {
        var world = new SpliceWorld(4, new StubSuite());
        world.deathsPerMille = 200;
        world.crashesPerMille = 50;
        chat(world, 20);
        return new ArrayList<>(world.trace);
    }
}
