package org.privatus.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.simulation.engine.ForeignThreadException;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.suite.StubSuite;

class WorldTest {
    private static final int NODES = 20;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42})
    void the_same_seed_gives_the_same_trace(long seed) {
        String first = run(seed);
        assertThat(run(seed)).isEqualTo(first);
        assertThat(run(seed + 1000)).isNotEqualTo(first);
    }

    @Test
    void another_process_gives_the_same_trace() throws Exception {
        var command = new ArrayList<String>(
                List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent"))
                .toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorldTest.class.getName(), "7"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(output.lines().toList().getLast()).as(output).isEqualTo(run(7));
    }

    @Test
    void nodes_answer_each_other() {
        try (World world = world(3)) {
            List<ActorRef<ToyNode.Message>> nodes = startAll(world);
            world.run(Duration.ofSeconds(30));
            var counts = new ArrayList<Integer>();
            world.ask(0, nodes.get(0), Duration.ofSeconds(1), ToyNode.Count::new, counts::add);
            world.run(Duration.ofSeconds(1));
            assertThat(counts)
                    .singleElement()
                    .satisfies(count -> assertThat(count).isGreaterThan(50));
            assertThat(world.crashes()).isEmpty();
        }
    }

    @Test
    void a_killed_node_is_silent_and_a_restarted_one_speaks() {
        try (World world = world(3)) {
            startAll(world);
            var speakers = new ArrayList<Integer>();
            world.run(Duration.ofSeconds(5));
            world.network().tap(transit -> speakers.add(transit.fromNode()));
            world.kill(4);
            world.run(Duration.ofSeconds(5));
            assertThat(speakers).isNotEmpty().doesNotContain(4);
            world.start(4, host -> ToyNode.create(host, NODES));
            world.run(Duration.ofSeconds(5));
            assertThat(speakers).contains(4);
        }
    }

    @Test
    void a_crashed_guardian_is_reported() {
        try (World world = world(3)) {
            ActorRef<String> node = world.start(
                    0,
                    host -> Behaviors.receiveMessage(message -> {
                        throw new IllegalStateException(message);
                    }));
            world.tell(0, node, "on purpose");
            assertThat(world.crashes())
                    .singleElement()
                    .asString()
                    .contains("node-0-0")
                    .contains("on purpose");
        }
    }

    @Test
    void the_ask_of_pekko_s_java_api_leaves_the_loop_and_stops_the_run() {
        try (World world = world(3)) {
            ActorRef<ToyNode.Message> node = startAll(world).get(0);
            var stray = AskPattern.<ToyNode.Message, Integer>ask(
                            node,
                            ToyNode.Count::new,
                            Duration.ofSeconds(1),
                            world.actorSystem().scheduler())
                    .thenAccept(count ->
                            node.tell(new ToyNode.Count(world.actorSystem().ignoreRef())))
                    .toCompletableFuture();
            world.loop().drain();
            stray.join(); // Pekko swallows what a mailbox throws; the loop does not forget it
            assertStopped(world);
        }
    }

    @Test
    void a_message_from_another_thread_is_noticed_even_while_its_mailbox_runs() {
        try (World world = world(3)) {
            ActorRef<String> node = world.start(
                    0,
                    host -> Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                        if (message.equals("let another thread speak")) {
                            var stray = new Thread(() -> context.getSelf().tell("from another thread"));
                            stray.start();
                            stray.join();
                        }
                        return Behaviors.same();
                    })));
            world.loop().execute(() -> node.tell("let another thread speak"));
            world.loop().drain();
            assertStopped(world);
        }
    }

    private static void assertStopped(World world) {
        assertThatThrownBy(() -> world.run(Duration.ofSeconds(1))).hasRootCauseInstanceOf(ForeignThreadException.class);
    }

    @Test
    void a_world_ends_without_leaving_threads() {
        int before = Thread.activeCount();
        try (World world = world(3)) {
            startAll(world);
            world.run(Duration.ofSeconds(1));
            assertThat(Thread.activeCount()).isEqualTo(before);
        }
    }

    static String run(long seed) {
        try (World world = world(seed)) {
            startAll(world);
            world.after(Duration.ofSeconds(8), () -> world.kill(3));
            world.after(Duration.ofSeconds(12), () -> world.start(3, host -> ToyNode.create(host, NODES)));
            world.run(Duration.ofSeconds(20));
            assertThat(world.hash().count()).isGreaterThan(5_000);
            return world.hash().toString();
        }
    }

    private static World world(long seed) {
        return new World(
                WorldSettings.of(NODES, seed, new StubSuite()).withNetwork(NetworkSettings.DEFAULT.withLoss(0.02)));
    }

    private static List<ActorRef<ToyNode.Message>> startAll(World world) {
        var nodes = new ArrayList<ActorRef<ToyNode.Message>>();
        for (int node = 0; node < NODES; node++) {
            nodes.add(world.start(node, host -> ToyNode.create(host, NODES)));
        }
        return nodes;
    }

    /// Prints the hash of one run as its last line.
    public static void main(String[] arguments) {
        System.out.println(run(Long.parseLong(arguments[0])));
    }
}
