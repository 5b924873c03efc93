package org.privatus.simulation.bench.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.privatus.crypto.identity.BadAddressException;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.JoinAddress;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.node.actor.CircuitManager;
import org.privatus.node.actor.DirectActor;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.actor.NodeSpec;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.process.RealNodes;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;
import org.privatus.onion.lease.LeaseOwner;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// The node of a child process, with its desks. For one thread, which waits for everything it asks.
final class ChildNode {
    private static final Endpoint ANY_PORT = Endpoint.parse("127.0.0.1:0");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RealNodes nodes;
    private final RealNodes.RealNode node;
    private final Events events = new Events();
    private final Lazy<ActorRef<CircuitManager.Command>> circuits = new Lazy<>(this::lendCircuits);
    private final Lazy<ActorRef<Object>> spliceDesk = new Lazy<>(this::openSpliceDesk);
    private final Lazy<ActorRef<Object>> circuitDesk = new Lazy<>(this::openCircuitDesk);
    private final Lazy<ActorRef<Object>> directDesk = new Lazy<>(this::openDirectDesk);
    private Optional<ActorRef<Object>> lastUsed = Optional.empty();
    private int circuitsReady;

    /// What the node tells of itself.
    private static final class Events {
        private final CompletableFuture<Contact> listening = new CompletableFuture<>();
        private final CompletableFuture<Integer> joined = new CompletableFuture<>();
        private final CompletableFuture<Void> reachable = new CompletableFuture<>();
        private final BlockingQueue<Long> circuitsBuilt = new LinkedBlockingQueue<>();

        void on(NodeEvent event) {
            switch (event) {
                case NodeEvent.Listening(var self) -> listening.complete(self);
                case NodeEvent.ListenFailed(var reason) ->
                    listening.completeExceptionally(new IllegalStateException(reason));
                case NodeEvent.Joined(var contacts) -> joined.complete(contacts);
                case NodeEvent.Ready() -> reachable.complete(null);
                case NodeEvent.Crashed(var child) -> System.out.println("crashed: " + child);
                case NodeEvent.Took(var name, var nanos) -> {
                    if (name.equals(NodeEvent.Took.CIRCUIT)) {
                        circuitsBuilt.add(nanos);
                    }
                }
                case NodeEvent.Unreachable _,
                        NodeEvent.ContactsKnown _,
                        NodeEvent.OnionKeysRotated _,
                        NodeEvent.PathsChanged _ -> {}
            }
        }
    }

    private ChildNode(RealNodes nodes, NodeOrder.Start order) throws BadAddressException {
        this.nodes = nodes;
        var suite = nodes.host().suite();
        var keys = nodes.host().keys();
        var spec = new NodeSpec(
                NetworkId.DEV,
                NodeIdentity.generate(suite, keys, NetworkId.DEV.puzzleBits()),
                OnionKeys.generate(suite, keys, System.currentTimeMillis()),
                Optional.empty(),
                ANY_PORT,
                contacts(order.join()),
                settings(order));
        this.node = nodes.start(spec, events::on);
    }

    static ChildNode start(NodeOrder.Start order) throws IOException, BadAddressException {
        var nodes = new RealNodes(settings(order).process(), Path.of(order.directory()));
        return new ChildNode(nodes, order);
    }

    /// No rate is held down: what is measured is what a node can do.
    private static NodeSettings settings(NodeOrder.Start order) {
        var settings = new ArrayList<>(order.settings());
        settings.add("privatus.node.link.traffic.messages=0");
        return SettingsLoader.load(SettingsSources.defaults(Profile.DEV, settings));
    }

    private static List<Contact> contacts(List<String> join) throws BadAddressException {
        var contacts = new ArrayList<Contact>();
        for (String each : join) {
            contacts.add(contact(each));
        }
        return contacts;
    }

    private static Contact contact(String join) throws BadAddressException {
        JoinAddress address = JoinAddress.parse(join, NetworkId.DEV);
        return address.contact(address.endpoint().orElseThrow());
    }

    /// By which others join.
    String joinAddress() {
        return JoinAddress.of(NetworkId.DEV, await(events.listening)).encode();
    }

    long awaitJoined() {
        long begun = System.nanoTime();
        await(events.joined);
        return System.nanoTime() - begun;
    }

    /// Its address, once it can be reached.
    String serve() {
        var person = PersonIdentity.generate(nodes.host().suite(), nodes.host().keys());
        spliceDesk.get().tell(new SpliceDesk.Serve(LeaseOwner.of(person, NetworkId.DEV)));
        await(events.reachable);
        return person.address(NetworkId.DEV).encode();
    }

    List<Long> openSplices(String person, int count) throws BadAddressException {
        PersonAddress to = PersonAddress.parse(person, NetworkId.DEV);
        var times = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            var opened = new CompletableFuture<Long>();
            use(spliceDesk).tell(new SpliceDesk.Open(to, opened));
            times.add(await(opened));
        }
        return times;
    }

    /// Peers may open direct streams from now on.
    void acceptDirect() {
        directDesk.get();
    }

    long openDirect(String join) throws BadAddressException {
        var opened = new CompletableFuture<Long>();
        use(directDesk).tell(new DirectDesk.Open(contact(join), opened));
        return await(opened);
    }

    List<Long> openCircuits(int hops, int count) {
        var times = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            var opened = new CompletableFuture<Long>();
            use(circuitDesk).tell(new CircuitDesk.Open(hops, opened));
            times.add(await(opened));
        }
        return times;
    }

    void closeSplices() {
        spliceDesk.get().tell(new SpliceDesk.CloseAll());
    }

    List<Outcome> run(List<Work> works) {
        var done = new CompletableFuture<List<Outcome>>();
        lastUsed.orElseThrow(() -> new IllegalStateException("no stream is open"))
                .tell(new Desk.Run(works, done));
        return await(done);
    }

    /// The desk that work is done at from now on.
    private ActorRef<Object> use(Lazy<ActorRef<Object>> desk) {
        lastUsed = Optional.of(desk.get());
        return desk.get();
    }

    /// How long each new circuit took.
    List<Long> buildCircuits(int ready) throws InterruptedException {
        int wanted = ready - circuitsReady;
        circuitsReady = ready;
        events.circuitsBuilt.clear();
        circuits.get().tell(new CircuitManager.KeepSpares(ready));
        var times = new ArrayList<Long>();
        while (times.size() < wanted) {
            Long took = events.circuitsBuilt.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (took == null) {
                throw new IllegalStateException(times.size() + " of " + wanted + " circuits were built");
            }
            times.add(took);
        }
        return times;
    }

    /// Circuits of others that pass here.
    int circuitsOfOthers() {
        ControlReply reply = await(node.port().ask(new ControlRequest.Status()).toCompletableFuture());
        return reply instanceof ControlReply.Status(var status)
                ? status.relaying().circuits()
                : 0;
    }

    private ActorRef<CircuitManager.Command> lendCircuits() {
        return await(nodes.<NodeGuardian.Command, NodeGuardian.CircuitsLent>ask(
                                node.guardian(), NodeGuardian.LendCircuits::new)
                        .toCompletableFuture())
                .circuits();
    }

    private ActorRef<Object> openSpliceDesk() {
        return nodes.spawnOnLoop(SpliceDesk.create(circuits.get()), "splice-desk");
    }

    private ActorRef<Object> openCircuitDesk() {
        return nodes.spawnOnLoop(CircuitDesk.create(circuits.get()), "circuit-desk");
    }

    private ActorRef<Object> openDirectDesk() {
        ActorRef<DirectActor.Command> direct = await(nodes.<NodeGuardian.Command, NodeGuardian.DirectLent>ask(
                                node.guardian(), NodeGuardian.LendDirect::new)
                        .toCompletableFuture())
                .direct();
        return nodes.spawnOnLoop(DirectDesk.create(direct), "direct-desk");
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("nothing happened for " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
