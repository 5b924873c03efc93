package org.privatus.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;
import scala.collection.Iterator;
import scala.collection.Iterator$;

/// ARCHITECTURE §2: a crashed child comes back and rejoins, and loses no message that was acknowledged.
class SupervisionTest {
    private static final int NODES = 16;
    private static final int PEOPLE = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<Integer> ready = new ArrayList<>();
    private final List<String> crashed = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final List<ControlReply> answers = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"links-1", "kademlia-1", "circuits-1", "messenger-1", "reachability-1"})
    void aChildThatCrashesComesBackAndMessagesGoOn(String child) {
        try (var world = new World(WorldSettings.of(NODES, 5, new StubSuite()))) {
            var population = new Population(
                    world, SettingsLoader.load(SettingsSources.defaults(Profile.SIMULATION)), PEOPLE, this::onEvent);
            for (int node = 0; node < NODES; node++) {
                population.start(node);
                world.run(Duration.ofMillis(100));
            }
            int alice = population.withPerson().get(0);
            int bob = population.withPerson().get(1);
            runUntil(world, () -> ready.contains(alice) && ready.contains(bob));
            watch(world, population, bob);
            add(world, population, alice, bob);
            add(world, population, bob, alice);
            send(world, population, alice, "before");
            runUntil(world, () -> received.contains("before"));

            crash(world, alice, population.guardian(alice), child);
            send(world, population, alice, "while it is down");
            runUntil(world, () -> received.contains("while it is down"));
            send(world, population, alice, "after");
            runUntil(world, () -> received.contains("after"));
            world.run(Duration.ofMinutes(1));

            assertThat(crashed).containsExactly(alice + " " + child.replaceAll("-1$", ""));
            assertThat(received).containsExactlyInAnyOrder("before", "while it is down", "after");
            assertThat(world.crashes()).isEmpty();
        }
    }

    /// A message of no known kind is our bug, as the actor sees it.
    @SuppressWarnings("unchecked")
    private static void crash(World world, int node, ActorRef<NodeGuardian.Command> guardian, String child) {
        var parent = (InternalActorRef) Adapter.toClassic(guardian);
        Iterator<String> path = Iterator$.MODULE$.single(child);
        ActorRef<Object> victim = (ActorRef<Object>) (ActorRef<?>) Adapter.toTyped(parent.getChild(path));
        world.tell(node, victim, new Object());
    }

    private void onEvent(int node, NodeEvent event) {
        switch (event) {
            case NodeEvent.Ready _ -> ready.add(node);
            case NodeEvent.Crashed(var child) -> crashed.add(node + " " + child);
            default -> {}
        }
    }

    private static void runUntil(World world, BooleanSupplier reached) {
        for (long second = 0; second < PATIENCE.toSeconds() && !reached.getAsBoolean(); second++) {
            world.run(Duration.ofSeconds(1));
        }
        assertThat(reached.getAsBoolean()).isTrue();
    }

    private void watch(World world, Population population, int node) {
        Consumer<MessageView> sink = message -> received.add(message.text());
        world.tell(node, population.guardian(node), new NodeGuardian.Follow(1, 0, sink));
    }

    private void add(World world, Population population, int owner, int other) {
        ask(
                world,
                population,
                owner,
                new ControlRequest.AddContact(
                        "other", population.addressOf(other).encode()),
                answers::add);
        world.run(Duration.ofSeconds(1));
        assertThat(answers).last().isInstanceOf(ControlReply.Done.class);
    }

    /// A node whose messenger is starting again says so: whoever writes tries again.
    private static void send(World world, Population population, int from, String text) {
        var request = new ControlRequest.Send("other", text, PATIENCE.toMillis());
        ask(world, population, from, request, reply -> {
            if (reply instanceof ControlReply.Failed) {
                world.after(Duration.ofSeconds(1), () -> send(world, population, from, text));
            }
        });
    }

    private static void ask(
            World world, Population population, int node, ControlRequest request, Consumer<ControlReply> answered) {
        world.<NodeGuardian.Command, ControlReply>ask(
                node,
                population.guardian(node),
                PATIENCE,
                replyTo -> new NodeGuardian.Control(request, replyTo),
                answered);
    }
}
