package org.privatus.node.actor;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.JoinAddress;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.node.cli.ProgramVersion;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlReply.Failed;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.NodeHost;
import org.privatus.onion.path.PathMemory;

/// One running node: starts its actors, tells them of each other, and starts again those that crash.
///
/// Resident in an idle node are the links, the socket and Kademlia; the relay comes with the first circuit of another
/// node, circuits and messenger with a person, reachability with the first observation, the tuner with the first
/// measurement.
///
/// A child that crashed comes back after a [Backoff]. Links are the ground of the others: when they crash, everything
/// that rides on them starts anew; any other child is replaced alone.
public final class NodeGuardian {
    private static final int DESCRIPTORS_MAX = 1024;
    private static final int CONTACTS_KEPT = 64;

    private static final long NO_FAMILY = 0;

    /// Nobody believes a claimed bandwidth, so none is made.
    private static final long NO_CLAIM = 0;

    private static final long DESCRIPTOR_VALIDITY_MILLIS = TimeUnit.HOURS.toMillis(24);
    private static final Duration DESCRIPTOR_RENEWAL = Duration.ofHours(12);
    private static final Duration STOP_PATIENCE = Duration.ofMillis(300);
    private static final List<Duration> CONTACTS_NOTED_AFTER =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(55), Duration.ofMinutes(14));

    /// What the guardian is told.
    public sealed interface Command {}

    /// A question of the node's user.
    public record Control(ControlRequest request, ActorRef<ControlReply> replyTo) implements Command {}

    /// Hand every incoming message above `afterSequence` to `sink`, until [Unfollow] with the same number.
    public record Follow(long number, long afterSequence, Consumer<MessageView> sink) implements Command {}

    /// See [Follow].
    public record Unfollow(long number) implements Command {}

    /// Begin with these contacts, which were proven before, instead of joining through them.
    public record Adopt(List<Contact> proven) implements Command {}

    /// The nodes nearest to `target`; nothing comes while the DHT is down.
    public record FindClosest(NodeId target, ActorRef<KademliaActor.LookupEnded> replyTo) implements Command {}

    /// Hands out the node's own circuits, which are there from then on even where nobody of the node needs them: to somebody who serves persons
    /// or opens splices through them. Nothing comes before the node has joined.
    public record LendCircuits(ActorRef<CircuitsLent> replyTo) implements Command {}

    /// See [LendCircuits]. They are gone when they crash.
    public record CircuitsLent(ActorRef<CircuitManager.Command> circuits) {}

    /// Hands out direct streams, which are there from then on: to somebody who opens or accepts them.
    public record LendDirect(ActorRef<DirectLent> replyTo) implements Command {}

    /// See [LendDirect]. They are gone when they crash.
    public record DirectLent(ActorRef<DirectActor.Command> direct) {}

    /// Ends the node: links are closed, what was committed stays.
    public record Stop() implements Command {}

    record Bound(Endpoint local) implements Command {}

    record BindFailed(BindFailedException cause) implements Command {}

    record Joined(int contacts) implements Command {}

    record RelayNeeded() implements Command {}

    record DescriptorLearned(NodeDescriptor descriptor) implements Command {}

    record DescriptorLost(NodeId node) implements Command {}

    record EndpointObserved(Contact observer, Endpoint observed, long atNanos) implements Command {}

    record DialedByPeer() implements Command {}

    record SelfEndpointKnown(Endpoint endpoint) implements Command {}

    record LeasePublished() implements Command {}

    /// Something took this long: for the supervisor.
    record Took(String name, long nanos) implements Command {}

    record RelayFailed(NodeId relay) implements Command {}

    record PathsChanged(PathMemory memory) implements Command {}

    private record ChildEnded(Role role, int generation) implements Command {}

    private record Respawn(Role role) implements Command {}

    /// @param times how often it was done since the node joined
    private record NoteContacts(int times) implements Command {}

    record ContactsNoted(List<Contact> contacts) implements Command {}

    private record RenewDescriptor() implements Command {}

    private record StopNow() implements Command {}

    private enum Role {
        LINKS,
        TRANSPORT,
        KADEMLIA,
        RELAY,
        CIRCUITS,
        DIRECT,
        REACHABILITY,
        MESSENGER,
        TUNER;

        /// As it appears in names and to the user.
        private final String key = name().toLowerCase(Locale.ROOT);

        /// Shared by the first children of all nodes of a simulation.
        private final String firstName = key + "-1";

        /// Whether its work is on the way of cells.
        boolean isOnLoop() {
            return this == LINKS || this == RELAY || this == CIRCUITS || this == DIRECT;
        }

        String name(int generation) {
            return generation == 1 ? firstName : key + "-" + generation;
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final NodeSpec spec;
    private final NodeHost host;
    private final ActorRef<NodeEvent> events;
    private final Map<Role, Post> posts = new EnumMap<>(Role.class);
    private final long startedNanos;
    private final Crew crew = new Crew();

    /// One that can be changed, once there is a descriptor.
    private Map<NodeId, NodeDescriptor> descriptors = Collections.emptyMap();

    private OnionKeys onionKeys;
    private PathMemory paths;
    private List<Contact> contacts;
    private Endpoint listen;
    private Optional<Contact> self = Optional.empty();
    private Optional<NodeDescriptor> descriptor = Optional.empty();
    private boolean joined;
    private boolean reachable;

    /// A relay is to be spawned with the next Kademlia.
    private boolean relayWanted;

    private boolean stopping;

    private NodeGuardian(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            NodeSpec spec,
            NodeHost host,
            ActorRef<NodeEvent> events) {
        this.context = context;
        this.timers = timers;
        this.spec = spec;
        this.host = host;
        this.events = events;
        this.startedNanos = host.time().nanos();
        this.onionKeys = spec.onionKeys();
        this.paths = spec.paths();
        this.contacts = spec.bootstrap();
        this.listen = spec.listen();
    }

    /// The behaviour of a node that is not started yet.
    ///
    /// @param events is told what the node's surroundings should know
    public static Behavior<Command> create(NodeSpec spec, NodeHost host, ActorRef<NodeEvent> events) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var guardian = new NodeGuardian(context, timers, spec, host, events);
            guardian.start();
            return Behaviors.receiveMessage(guardian::onMessage);
        }));
    }

    private void start() {
        spawn(Role.LINKS);
        spawn(Role.TRANSPORT);
        if (spec.person().isPresent()) {
            spawn(Role.MESSENGER);
        }
    }

    private Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Control(var request, var replyTo) -> control(request, replyTo);
            case Follow follow -> follow(follow);
            case Unfollow(var number) -> tell(crew.messenger, new Messenger.Unfollow(number));
            case Adopt(var proven) -> tell(crew.kademlia, new KademliaActor.Adopt(proven));
            case FindClosest(var target, var replyTo) ->
                tell(crew.kademlia, new KademliaActor.FindClosest(target, replyTo));
            case Bound(var local) -> bound(local);
            case BindFailed(var cause) -> bindFailed(cause);
            case Joined(var count) -> joined(count);
            case RelayNeeded() -> spawnOnce(Role.RELAY);
            case DescriptorLearned(var learned) -> learn(learned);
            case DescriptorLost(var node) -> forget(node);
            case EndpointObserved(var observer, var observed, var at) ->
                tellReachability(new ReachabilityActor.Observed(observer, observed, at));
            case DialedByPeer() -> tellReachability(new ReachabilityActor.DialedByPeer());
            case SelfEndpointKnown(var endpoint) -> selfKnownAt(endpoint);
            case RelayFailed(var relay) -> tell(crew.kademlia, new KademliaActor.RelayFailed(relay));
            case PathsChanged(var memory) -> pathsChanged(memory);
            case Took(var name, var nanos) -> {
                spawnOnce(Role.TUNER);
                tell(crew.tuner, new TunerActor.Took(name, nanos));
                events.tell(new NodeEvent.Took(name, nanos));
            }
            case LeasePublished() -> reachable();
            case ChildEnded(var role, var generation) -> {
                if (stopping && role == Role.LINKS) {
                    return Behaviors.stopped();
                }
                childEnded(role, generation);
            }
            case Respawn(var role) -> respawn(role);
            case NoteContacts(var times) -> {
                noteContacts();
                noteContactsLater(times + 1);
            }
            case ContactsNoted(var known) -> contactsNoted(known);
            case RenewDescriptor() -> renewDescriptor();
            case LendCircuits(var replyTo) -> lendCircuits(replyTo);
            case LendDirect(var replyTo) -> lendDirect(replyTo);
            case Stop() -> stop();
            case StopNow() -> {
                if (crew.links == null) {
                    return Behaviors.stopped();
                }
                // They say good-bye through the socket, which goes after them.
                context.stop(crew.links);
            }
        }
        return Behaviors.same();
    }

    // Children.

    /// Unless it is there, or comes back by itself.
    private void spawnOnce(Role role) {
        if (!post(role).isHeld() && !timers.isTimerActive(role)) {
            spawn(role);
        }
    }

    private void spawn(Role role) {
        switch (role) {
            case LINKS -> crew.links = child(role, LinkManager.create(spec, host, context.getSelf()));
            case TRANSPORT -> child(role, UdpTransport.create(listen, host, crew.links(), context.getSelf()));
            case KADEMLIA -> spawnKademlia();
            case RELAY -> spawnRelay();
            case CIRCUITS -> spawnCircuits();
            case DIRECT -> spawnDirect();
            case REACHABILITY ->
                crew.reachability = child(role, ReachabilityActor.create(spec, host, context.getSelf()));
            case MESSENGER -> spawnMessenger();
            case TUNER -> crew.tuner = child(role, TunerActor.create(host));
        }
    }

    private <T> ActorRef<T> child(Role role, Behavior<T> behavior) {
        Post post = post(role);
        int generation = post.nextGeneration();
        ActorRef<T> child = context.spawn(
                behavior,
                role.name(generation),
                role.isOnLoop() ? host.loop() : DispatcherSelector.defaultDispatcher());
        context.watchWith(child, new ChildEnded(role, generation));
        post.taken(child, host.time().nanos());
        return child;
    }

    private Post post(Role role) {
        return posts.computeIfAbsent(role, ignored -> new Post());
    }

    private void forget(Role role) {
        post(role).left();
        crew.forget(role);
    }

    private void spawnKademlia() {
        var kademlia = child(
                Role.KADEMLIA, KademliaActor.create(spec, self.orElseThrow(), host, crew.links(), context.getSelf()));
        crew.kademlia = kademlia;
        crew.links().tell(new LinkManager.KademliaAvailable(kademlia));
        tell(crew.relay, new RelayActor.KademliaAvailable(kademlia));
        tellKademliaWhoWeAre();
        kademlia.tell(new KademliaActor.Join(contacts));
        if (spec.person().isPresent()) {
            kademlia.tell(
                    new KademliaActor.FillPool(spec.settings().dht().pool().wanted()));
            keepRelays();
        }
        if (relayWanted) {
            spawnOnce(Role.RELAY);
        }
    }

    private void spawnRelay() {
        var kademlia = crew.kademlia;
        relayWanted = kademlia == null;
        if (kademlia == null) {
            return;
        }
        var relay = child(Role.RELAY, RelayActor.create(spec, onionKeys, host, crew.links(), kademlia));
        crew.relay = relay;
        crew.links().tell(new LinkManager.RelayAvailable(relay));
    }

    private void spawnCircuits() {
        var circuits = child(
                Role.CIRCUITS, CircuitManager.create(spec, self.orElseThrow(), host, crew.links(), context.getSelf()));
        crew.circuits = circuits;
        circuits.tell(new CircuitManager.Restore(paths));
        crew.links().tell(new LinkManager.CircuitsAvailable(circuits));
        descriptors.values().forEach(known -> circuits.tell(new CircuitManager.RelayLearned(known)));
        tell(crew.messenger, new Messenger.CircuitsAvailable(circuits));
    }

    private void lendCircuits(ActorRef<CircuitsLent> replyTo) {
        if (joined && crew.links != null) {
            spawnOnce(Role.CIRCUITS);
            tell(
                    crew.kademlia,
                    new KademliaActor.FillPool(spec.settings().dht().pool().wanted()));
            var circuits = crew.circuits;
            if (circuits != null) {
                replyTo.tell(new CircuitsLent(circuits));
            }
        }
    }

    private void lendDirect(ActorRef<DirectLent> replyTo) {
        if (crew.links != null) {
            spawnOnce(Role.DIRECT);
            var direct = crew.direct;
            if (direct != null) {
                replyTo.tell(new DirectLent(direct));
            }
        }
    }

    private void spawnDirect() {
        var direct = child(Role.DIRECT, DirectActor.create(crew.links()));
        crew.direct = direct;
        crew.links().tell(new LinkManager.DirectAvailable(direct));
    }

    private void spawnMessenger() {
        var messenger = child(Role.MESSENGER, Messenger.create(spec, host, context.getSelf()));
        crew.messenger = messenger;
        if (crew.circuits != null) {
            messenger.tell(new Messenger.CircuitsAvailable(crew.circuits));
        }
    }

    /// An older generation was stopped on purpose, or is replaced already.
    private void childEnded(Role role, int generation) {
        if (stopping || !post(role).isCurrent(generation)) {
            return;
        }
        if (role == Role.TRANSPORT && self.isEmpty()) {
            return;
        }
        forget(role);
        if (role == Role.LINKS) {
            List.of(Role.TRANSPORT, Role.KADEMLIA, Role.RELAY, Role.CIRCUITS, Role.DIRECT)
                    .forEach(this::end);
        }
        events.tell(new NodeEvent.Crashed(role.key));
        Duration wait = post(role).crashed(host.time().nanos());
        timers.startSingleTimer(role, new Respawn(role), wait);
    }

    private void end(Role role) {
        ActorRef<?> child = post(role).holder();
        if (child != null) {
            post(role).nextGeneration();
            forget(role);
            context.stop(child);
        }
        timers.cancel(role);
    }

    private void respawn(Role role) {
        if (post(role).isHeld()) {
            return;
        }
        if (role == Role.LINKS) {
            spawn(Role.LINKS);
            spawn(Role.TRANSPORT);
        } else if (role == Role.TUNER || role == Role.MESSENGER || crew.links != null) {
            spawn(role);
        }
    }

    private void tellReachability(ReachabilityActor.Command command) {
        spawnOnce(Role.REACHABILITY);
        tell(crew.reachability, command);
    }

    private static <T> void tell(@Nullable ActorRef<T> to, T message) {
        if (to != null) {
            to.tell(message);
        }
    }

    // The socket, the network, and who we are in it.

    /// The first bind decides the port; after a crash the same one is bound again.
    private void bound(Endpoint local) {
        listen = local;
        if (crew.links == null) {
            return;
        }
        if (self.isEmpty()) {
            self = Optional.of(contactAt(local));
            if (!local.isUnspecified()) {
                descriptor = signDescriptor(local);
            }
            events.tell(new NodeEvent.Listening(self.orElseThrow()));
        }
        tellLinksWhoWeAre();
        if (crew.kademlia == null) {
            spawn(Role.KADEMLIA);
        }
        if (joined && spec.person().isPresent() && crew.circuits == null) {
            spawn(Role.CIRCUITS);
        }
    }

    private void bindFailed(BindFailedException cause) {
        if (self.isEmpty()) {
            events.tell(new NodeEvent.ListenFailed(String.valueOf(cause.getMessage())));
        }
    }

    /// Nobody answered, although somebody was named: the next attempt follows by itself.
    private void joined(int count) {
        if (count == 0 && !contacts.isEmpty() && !joined) {
            events.tell(new NodeEvent.Unreachable(contacts.size()));
            return;
        }
        joined = true;
        events.tell(new NodeEvent.Joined(count));
        if (spec.settings().process().keepContacts()) {
            noteContactsLater(0);
        }
        if (spec.person().isPresent() && crew.circuits == null && crew.links != null) {
            spawn(Role.CIRCUITS);
        }
    }

    private void selfKnownAt(Endpoint endpoint) {
        boolean told = descriptor.isPresent() || !publishes();
        if (told && self.map(Contact::endpoint).filter(endpoint::equals).isPresent()) {
            return;
        }
        self = Optional.of(contactAt(endpoint));
        descriptor = signDescriptor(endpoint);
        tellLinksWhoWeAre();
        tellKademliaWhoWeAre();
        tell(crew.circuits, new CircuitManager.SelfChanged(self.orElseThrow()));
    }

    private void reachable() {
        if (!reachable) {
            reachable = true;
            events.tell(new NodeEvent.Ready());
        }
    }

    private Contact contactAt(Endpoint endpoint) {
        return spec.identity().contact(endpoint, spec.settings().process().relay() ? Contact.RELAYS : 0);
    }

    private boolean publishes() {
        return spec.settings().dht().records().publish();
    }

    /// Empty for a node that nobody is to find; its onion keys, which nobody gets, are not renewed either.
    private Optional<NodeDescriptor> signDescriptor(Endpoint endpoint) {
        if (!publishes()) {
            return Optional.empty();
        }
        timers.startSingleTimer(RenewDescriptor.class, new RenewDescriptor(), DESCRIPTOR_RENEWAL);
        long date = host.time().epochMillis();
        long uptimeSeconds = TimeUnit.NANOSECONDS.toSeconds(host.time().nanos() - startedNanos);
        var content = new NodeDescriptor.Content(
                List.of(endpoint),
                onionKeys.current().key(),
                date,
                date + DESCRIPTOR_VALIDITY_MILLIS,
                NO_FAMILY,
                uptimeSeconds,
                NO_CLAIM,
                spec.settings().process().relay() ? NodeDescriptor.RELAYS : 0);
        return Optional.of(NodeDescriptor.create(host.suite(), spec.identity(), spec.network(), content));
    }

    private void renewDescriptor() {
        if (onionKeys.isRotationDue(host.time().epochMillis())) {
            onionKeys = onionKeys.rotate(host.suite(), host.keys(), host.time().epochMillis());
            events.tell(new NodeEvent.OnionKeysRotated(onionKeys));
            tell(crew.relay, new RelayActor.KeysRotated(onionKeys));
        }
        descriptor = signDescriptor(self.orElseThrow().endpoint());
        tellKademliaWhoWeAre();
    }

    private void tellLinksWhoWeAre() {
        tell(crew.links, new LinkManager.SelfChanged(self.orElseThrow()));
    }

    private void tellKademliaWhoWeAre() {
        tell(crew.kademlia, new KademliaActor.SelfChanged(self.orElseThrow(), descriptor));
    }

    private void noteContacts() {
        tell(crew.kademlia, new KademliaActor.NoteContacts(CONTACTS_KEPT));
    }

    /// Soon after joining, and then less and less.
    private void noteContactsLater(int times) {
        if (times < CONTACTS_NOTED_AFTER.size()) {
            timers.startSingleTimer(NoteContacts.class, new NoteContacts(times), CONTACTS_NOTED_AFTER.get(times));
        }
    }

    private void contactsNoted(List<Contact> known) {
        if (!known.isEmpty()) {
            contacts = known;
            events.tell(new NodeEvent.ContactsKnown(known));
        }
    }

    // Relays to choose from, kept here so that circuits that start anew know them at once.

    private void learn(NodeDescriptor learned) {
        if (descriptors.isEmpty()) {
            descriptors = new LinkedHashMap<>();
        }
        if (descriptors.size() >= DESCRIPTORS_MAX && !descriptors.containsKey(learned.id())) {
            descriptors.remove(descriptors.keySet().iterator().next());
        }
        descriptors.put(learned.id(), learned);
        tell(crew.circuits, new CircuitManager.RelayLearned(learned));
    }

    private void pathsChanged(PathMemory memory) {
        paths = memory;
        keepRelays();
        events.tell(new NodeEvent.PathsChanged(memory));
    }

    /// The guards' descriptors are renewed among others', so that nobody sees which are the guards'.
    private void keepRelays() {
        if (!paths.relays().isEmpty()) {
            tell(crew.kademlia, new KademliaActor.Keep(paths.descriptors()));
        }
    }

    private void forget(NodeId node) {
        if (!descriptors.isEmpty()) {
            descriptors.remove(node);
        }
        tell(crew.circuits, new CircuitManager.RelayLost(node));
    }

    // What the user asks.

    private void control(ControlRequest request, ActorRef<ControlReply> replyTo) {
        switch (request) {
            case ControlRequest.Identify(var node) -> replyTo.tell(node ? nodeAddress() : personAddress());
            case ControlRequest.Status status -> collectStatus(replyTo);
            case ControlRequest.Version version ->
                replyTo.tell(new ControlReply.Version(ProgramVersion.current(), ProgramVersion.runtime()));
            case ControlRequest.Stop stop -> {
                replyTo.tell(new ControlReply.Done("The node is stopping."));
                context.getSelf().tell(new Stop());
            }
            case ControlRequest.Follow follow ->
                replyTo.tell(new Failed(Failed.Kind.BAD_INPUT, "a stream is not a question", ""));
            default -> toMessenger(request, replyTo);
        }
    }

    private void toMessenger(ControlRequest request, ActorRef<ControlReply> replyTo) {
        if (spec.person().isEmpty()) {
            replyTo.tell(new Failed(
                    Failed.Kind.UNAVAILABLE, "this node carries no person", "ask the node of your own data directory"));
        } else if (crew.messenger == null) {
            replyTo.tell(new Failed(Failed.Kind.UNAVAILABLE, "messages are starting again", "try again in a moment"));
        } else {
            crew.messenger.tell(new Messenger.Control(request, replyTo));
        }
    }

    private void follow(Follow follow) {
        tell(crew.messenger, new Messenger.Follow(follow.number(), follow.afterSequence(), follow.sink()));
    }

    private ControlReply nodeAddress() {
        return self.<ControlReply>map(contact -> new ControlReply.Address(
                        JoinAddress.of(spec.network(), contact).encode()))
                .orElseGet(() -> new Failed(Failed.Kind.UNAVAILABLE, "the socket is not open yet", "try again"));
    }

    private ControlReply personAddress() {
        return spec.person()
                .<ControlReply>map(person -> new ControlReply.Address(
                        identity(person).address(spec.network()).encode()))
                .orElseGet(() -> new Failed(Failed.Kind.NOT_FOUND, "this node carries no person", ""));
    }

    private static PersonIdentity identity(NodeSpec.Person person) {
        return person.identity();
    }

    private void collectStatus(ActorRef<ControlReply> replyTo) {
        spawnOnce(Role.TUNER);
        var about = new StatusCollector.About(
                spec,
                host.suite().report(),
                listen,
                self.map(Contact::endpoint),
                joined,
                descriptors.size(),
                host.time().nanos() - startedNanos,
                crashes());
        context.spawnAnonymous(StatusCollector.create(about, crew.sources(), replyTo));
    }

    private long crashes() {
        return posts.values().stream().mapToLong(Post::crashes).sum();
    }

    // The end.

    /// Children get a moment to say good-bye to their peers.
    private void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        tell(crew.messenger, new Messenger.Stop());
        noteContacts();
        timers.startSingleTimer(StopNow.class, new StopNow(), STOP_PATIENCE);
    }

    /// The children that are there now.
    private static final class Crew {
        @Nullable
        ActorRef<LinkManager.Command> links;

        @Nullable
        ActorRef<KademliaActor.Command> kademlia;

        @Nullable
        ActorRef<RelayActor.Command> relay;

        @Nullable
        ActorRef<CircuitManager.Command> circuits;

        @Nullable
        ActorRef<DirectActor.Command> direct;

        @Nullable
        ActorRef<ReachabilityActor.Command> reachability;

        @Nullable
        ActorRef<Messenger.Command> messenger;

        @Nullable
        ActorRef<TunerActor.Command> tuner;

        ActorRef<LinkManager.Command> links() {
            if (links == null) {
                throw new IllegalStateException("links are down");
            }
            return links;
        }

        void forget(Role role) {
            switch (role) {
                case LINKS -> links = null;
                case KADEMLIA -> kademlia = null;
                case RELAY -> relay = null;
                case CIRCUITS -> circuits = null;
                case DIRECT -> direct = null;
                case REACHABILITY -> reachability = null;
                case MESSENGER -> messenger = null;
                case TUNER -> tuner = null;
                case TRANSPORT -> {}
            }
        }

        StatusCollector.Sources sources() {
            return new StatusCollector.Sources(
                    Optional.ofNullable(links),
                    Optional.ofNullable(kademlia),
                    Optional.ofNullable(circuits),
                    Optional.ofNullable(relay),
                    Optional.ofNullable(reachability),
                    Optional.ofNullable(messenger),
                    Optional.ofNullable(tuner));
        }
    }
}
