package org.privatus.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;
import org.privatus.onion.lease.LeaseKeys;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.suite.TappedSuite;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;

/// PROTOCOL, DHT: no request for anything of a person leaves that person's node outside a circuit.
///
/// Every packet is read as its sender seals it for the link. Inside a circuit's cell a target is hidden by then; a request
/// of the DHT shows it.
class PersonalRequestsTest {
    private static final int NODES = 24;
    private static final int PEOPLE = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<Target, TreeSet<Integer>> askers = new LinkedHashMap<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<Integer> ready = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private Optional<EventLoop> loop = Optional.empty();

    /// What to look for on the wire: where a lease lies in the DHT.
    private record Target(int person, String place, NodeId at) {}

    @Test
    void noRequestForAPersonsKeyLeavesThePersonsNodeExceptInsideACircuit() throws MalformedPacketException {
        CryptoSuite suite = new TappedSuite(new StubSuite(), this::heard);
        try (var world = new World(WorldSettings.of(NODES, 11, suite))) {
            loop = Optional.of(world.loop());
            var population = new Population(world, PersonalRequestsTest::settings, PEOPLE, this::onEvent);
            var people = population.withPerson();
            for (int person : people) {
                addTargets(person, population.addressOf(person), suite);
            }
            for (int node = 0; node < NODES; node++) {
                population.start(node);
                world.run(Duration.ofMillis(200));
            }
            awaitReady(world, people);
            write(world, population, people.get(0), people.get(1));
            write(world, population, people.get(1), people.get(0));
            world.run(PATIENCE);

            assertThat(acknowledged).hasSize(2);
            assertThat(askers)
                    .as("leases were put and looked up by last hops of circuits")
                    .isNotEmpty();
            askers.forEach((target, nodes) -> assertThat(nodes)
                    .as("nodes that name %s of person %s openly", target.place(), target.person())
                    .doesNotContainAnyElementsOf(people));
        }
    }

    /// People's nodes carry no circuits of others here, so that nothing they ask is asked for somebody else.
    private static NodeSettings settings(int node) {
        boolean carrier = node % (NODES / PEOPLE) == 0;
        return SettingsLoader.load(SettingsSources.defaults(
                Profile.SIMULATION, carrier ? List.of("privatus.node.relay=false") : List.of()));
    }

    private void addTargets(int person, PersonAddress address, CryptoSuite suite) throws MalformedPacketException {
        long period = LeaseKeys.period(suite, address, EventLoop.EPOCH_MILLIS);
        for (long each = period - 1; each <= period + 1; each++) {
            NodeId place = LeaseKeys.derive(suite, address, each).target();
            targets.add(new Target(person, "the lease of period " + each, place));
        }
    }

    private void onEvent(int node, NodeEvent event) {
        if (event instanceof NodeEvent.Ready) {
            ready.add(node);
        }
    }

    private void awaitReady(World world, List<Integer> people) {
        for (int second = 0; second < PATIENCE.toSeconds() && !ready.containsAll(people); second++) {
            world.run(Duration.ofSeconds(1));
        }
        assertThat(ready).containsAll(people);
    }

    private void write(World world, Population population, int from, int to) {
        String address = population.addressOf(to).encode();
        ask(world, population, from, new ControlRequest.AddContact("other", address));
        world.run(Duration.ofSeconds(2));
        ask(world, population, from, new ControlRequest.Send("other", "hello from " + from, PATIENCE.toMillis()));
    }

    private void ask(World world, Population population, int node, ControlRequest request) {
        ActorRef<NodeGuardian.Command> guardian = population.guardian(node);
        world.<NodeGuardian.Command, ControlReply>ask(
                node, guardian, PATIENCE, replyTo -> new NodeGuardian.Control(request, replyTo), reply -> {
                    if (reply instanceof ControlReply.Acknowledged done) {
                        acknowledged.add(done.messageId());
                    }
                });
    }

    private void heard(byte[] plain) {
        for (Target target : targets) {
            if (contains(plain, target.at().toBytes())) {
                askers.computeIfAbsent(target, named -> new TreeSet<>())
                        .add(loop.orElseThrow().currentNode());
            }
        }
    }

    private static boolean contains(byte[] text, byte[] wanted) {
        for (int at = 0; at <= text.length - wanted.length; at++) {
            if (Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
