package org.privatus.node.actor;

import java.util.List;
import java.util.Optional;
import org.agrona.collections.Long2LongHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.host.NodeHost;
import org.privatus.onion.circuit.CircuitEffects;
import org.privatus.onion.circuit.Circuits;
import org.privatus.onion.circuit.CircuitsView;
import org.privatus.onion.lease.LeaseOwner;
import org.privatus.onion.path.PathMemory;
import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.splice.SplicePath;
import org.privatus.onion.splice.StepOutcome;
import org.privatus.onion.stream.CircuitRequest;
import org.privatus.onion.stream.StreamEvent;
import org.privatus.onion.stream.StreamRequest;

/// Owns the node's own circuits: spares, leases at two gateways, splices to other people.
@SuppressWarnings("ArrayRecordComponent") // messages hand arrays over: no copy is made and none is compared
public final class CircuitManager {
    private static final long NONE = 0;

    /// What the circuits are told; [ChannelEvent]s come from the [LinkManager].
    public sealed interface Command
            permits ChannelEvent,
                    ChannelEvents,
                    RelayLearned,
                    RelayLost,
                    SelfChanged,
                    Restore,
                    Serve,
                    OpenSplice,
                    SendBytes,
                    CloseSplice,
                    OpenCircuit,
                    CloseCircuit,
                    OpenStream,
                    WriteStream,
                    StreamRead,
                    FinishStream,
                    CloseStream,
                    OwnerGone,
                    KeepSpares,
                    GetView,
                    Computed,
                    DeadlineReached {}

    /// A verified descriptor to choose relays from.
    public record RelayLearned(NodeDescriptor descriptor) implements Command {}

    /// A descriptor is no good any more.
    public record RelayLost(NodeId node) implements Command {}

    /// Our own contact changed: it is never a hop of ours.
    public record SelfChanged(Contact self) implements Command {}

    /// Guards of an earlier run; before all else.
    public record Restore(PathMemory memory) implements Command {}

    /// Keep this person reachable through two gateways, and tell `messenger` what happens on splices.
    ///
    /// @param person taken over
    public record Serve(LeaseOwner person, ActorRef<? super SpliceEvent> messenger) implements Command {}

    /// Open a splice to somebody.
    ///
    /// @param splice a positive number that the messenger has not used before
    public record OpenSplice(long splice, PersonAddress to) implements Command {}

    /// Send bytes on a splice, no more than it can take.
    public record SendBytes(long splice, byte[] bytes) implements Command {}

    /// Close a splice.
    public record CloseSplice(long splice) implements Command {}

    /// Keep so many circuits ready instead of as many as the settings say, within the limit of all circuits.
    public record KeepSpares(int count) implements Command {}

    /// Build a circuit for streams, and tell `owner` what becomes of it. Closed when the owner stops.
    public record OpenCircuit(CircuitRequest request, ActorRef<? super CircuitEvent> owner) implements Command {}

    /// Close a circuit and its streams.
    public record CloseCircuit(long circuit) implements Command {}

    /// Open a stream to the last hop of a circuit that is open: [CircuitEvent.StreamBegun] or
    /// [CircuitEvent.StreamRefused] follows.
    public record OpenStream(long circuit, StreamRequest request) implements Command {}

    /// Write bytes on a stream, no more than it can take.
    public record WriteStream(long stream, byte[] bytes) implements Command {}

    /// So many bytes that a stream brought are done with.
    public record StreamRead(long stream, int bytes) implements Command {}

    /// Nothing more is written on this stream.
    public record FinishStream(long stream) implements Command {}

    /// End a stream at once.
    public record CloseStream(long stream) implements Command {}

    record OwnerGone(ActorRef<? super CircuitEvent> owner) implements Command {}

    /// What the circuits look like now.
    public record GetView(ActorRef<CircuitsView> replyTo) implements Command {}

    record Computed(Job job) implements Command {}

    record DeadlineReached() implements Command {}

    private final NodeHost host;
    private final Circuits circuits;
    private final ActorRef<Command> self;
    private final LinkOrders links;
    private final ActorRef<NodeGuardian.Command> guardian;
    private final DeadlineTimer<Command> deadline;
    private final Long2LongHashMap spliceOfNumber = new Long2LongHashMap(NONE);
    private final Long2LongHashMap numberOfSplice = new Long2LongHashMap(NONE);
    private final SpliceCredits credits = new SpliceCredits();
    private final LentCircuits lent;
    private Optional<ActorRef<? super SpliceEvent>> messenger = Optional.empty();

    private CircuitManager(
            NodeSpec spec,
            Contact selfContact,
            NodeHost host,
            ActorRef<LinkManager.Command> links,
            ActorRef<NodeGuardian.Command> guardian,
            ActorContext<Command> context) {
        this.host = host;
        this.self = context.getSelf();
        this.links = new LinkOrders(links);
        this.lent = new LentCircuits(this::streamRoom, owner -> context.watchWith(owner, new OwnerGone(owner)));
        this.guardian = guardian;
        this.deadline = new DeadlineTimer<>(context, host.time(), new DeadlineReached());
        this.circuits = new Circuits(
                spec.settings().onion(),
                selfContact,
                host.suite(),
                host.keys(),
                host.behaviour("circuits"),
                new Effects());
    }

    public static Behavior<Command> create(
            NodeSpec spec,
            Contact selfContact,
            NodeHost host,
            ActorRef<LinkManager.Command> links,
            ActorRef<NodeGuardian.Command> guardian) {
        return Behaviors.setup(context -> {
            var manager = new CircuitManager(spec, selfContact, host, links, guardian, context);
            return manager.deadline.follow(manager::onMessage);
        });
    }

    private Behavior<Command> onMessage(Command command) {
        long now = host.time().nanos();
        long date = host.time().epochMillis();
        circuits.hold();
        switch (command) {
            case ChannelEvent event -> onChannel(event, now, date);
            case ChannelEvents(var events) -> events.forEach(event -> onChannel(event, now, date));
            case RelayLearned(var descriptor) -> circuits.relayLearned(descriptor, now, date);
            case RelayLost(var node) -> circuits.relayLost(node, now);
            case SelfChanged(var contact) -> circuits.selfChanged(contact);
            case Restore(var memory) -> circuits.restore(memory, now, date);
            case Serve serve -> serve(serve, now, date);
            case OpenSplice(var number, var to) -> openSplice(number, to, now, date);
            case SendBytes(var number, var bytes) -> {
                long splice = splice(number);
                if (splice != NONE) {
                    credits.used(number, bytes.length);
                    circuits.send(splice, bytes, now);
                    grant(number, circuits.sendCapacity(splice));
                }
            }
            case CloseSplice(var number) -> closeSplice(number, now);
            case KeepSpares(var count) -> circuits.keepSpares(count, now, date);
            case OpenCircuit(var request, var owner) -> lent.opened(circuits.openCircuit(request, now, date), owner);
            case CloseCircuit(var circuit) -> {
                lent.closed(circuit);
                circuits.closeCircuit(circuit, now);
            }
            case OpenStream(var circuit, var request) ->
                lent.begun(circuit, request, circuits.openStream(circuit, request, now));
            case WriteStream(var stream, var bytes) -> {
                lent.written(stream, bytes.length);
                circuits.write(stream, bytes, now);
                lent.grant(stream, circuits.streamRoom(stream));
            }
            case StreamRead(var stream, var bytes) -> circuits.read(stream, bytes, now);
            case FinishStream(var stream) -> circuits.finish(stream, now);
            case CloseStream(var stream) -> {
                lent.streamClosed(stream);
                circuits.closeStream(stream, now);
            }
            case OwnerGone(var owner) ->
                lent.ownedBy(owner).forEach(circuit -> {
                    lent.closed(circuit);
                    circuits.closeCircuit(circuit, now);
                });
            case GetView(var replyTo) -> replyTo.tell(circuits.view(now));
            case Computed(var job) -> circuits.computed(job.orThrow(), now, date);
            case DeadlineReached() -> {
                deadline.fired();
                circuits.onDeadline(now, date);
            }
        }
        circuits.release(now);
        links.tell();
        deadline.follow(circuits.deadlineNanos());
        return Behaviors.same();
    }

    private void onChannel(ChannelEvent event, long now, long date) {
        switch (event) {
            case ChannelEvent.ChannelReady(var channel, var credit) -> circuits.channelReady(channel, credit, now);
            case ChannelEvent.CellsArrived(var channel, var run) -> circuits.channelCells(channel, run, now, date);
            case ChannelEvent.ChannelCredit(var channel, var cells) -> circuits.channelCredit(channel, cells, now);
            case ChannelEvent.ChannelClosed(var channel) -> circuits.channelClosed(channel, now, date);
            case ChannelEvent.ChannelOpened opened ->
                throw new IllegalStateException("an inbound channel is a relay's: " + opened.channel());
        }
    }

    /// A messenger that was started again knows no splice of its predecessor: those are closed.
    private void serve(Serve serve, long now, long date) {
        messenger = Optional.of(serve.messenger());
        long[] numbers = numberOfSplice.values().stream()
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        for (long number : numbers) {
            closeSplice(number, now);
        }
        circuits.serve(serve.person(), now, date);
    }

    private void openSplice(long number, PersonAddress to, long now, long date) {
        long splice = circuits.openSplice(to, now, date);
        bind(number, splice);
    }

    private void bind(long number, long splice) {
        spliceOfNumber.put(number, splice);
        numberOfSplice.put(splice, number);
    }

    private void closeSplice(long number, long now) {
        long splice = spliceOfNumber.remove(number);
        if (splice != NONE) {
            numberOfSplice.remove(splice);
            credits.closed(number);
            circuits.closeSplice(splice, now);
        }
    }

    private long splice(long number) {
        return spliceOfNumber.get(number);
    }

    private void grant(long number, int room) {
        int more = credits.grant(number, room);
        if (more > 0) {
            tell(new SpliceEvent.SpliceWritable(number, more));
        }
    }

    private int streamRoom(long stream) {
        return circuits.streamRoom(stream);
    }

    /// All the room there is, as the messenger's first credit.
    private int firstCredit(long number, long splice) {
        int room = circuits.sendCapacity(splice);
        credits.opened(number, room);
        return room;
    }

    private void tell(SpliceEvent event) {
        messenger.ifPresent(owner -> owner.tell(event));
    }

    private final class Effects implements CircuitEffects {
        @Override
        public void openChannel(long channel, Contact to) {
            links.openChannel(channel, to);
        }

        @Override
        public void sendCells(long channel, byte[] run) {
            links.sendCells(channel, run);
        }

        @Override
        public void consumed(long channel, int cells) {
            links.consumed(channel, cells);
        }

        @Override
        public void closeChannel(long channel) {
            links.closeChannel(channel);
        }

        @Override
        public void compute(Job job) {
            host.compute().submit(job, done -> self.tell(new Computed(done)));
        }

        @Override
        public void spliceOpened(long splice, SplicePath path) {
            long number = numberOfSplice.get(splice);
            tell(new SpliceEvent.SpliceOpened(number, path, firstCredit(number, splice)));
        }

        @Override
        public void spliceIncoming(long splice, PersonKey served, SplicePath path) {
            bind(-splice, splice);
            tell(new SpliceEvent.SpliceIncoming(-splice, path, firstCredit(-splice, splice)));
        }

        @Override
        public void spliceBytes(long splice, byte[] bytes) {
            tell(new SpliceEvent.SpliceBytes(numberOfSplice.get(splice), bytes));
        }

        @Override
        public void spliceWritable(long splice, int bytes) {
            grant(numberOfSplice.get(splice), bytes);
        }

        @Override
        public void spliceClosed(long splice, SpliceEnd reason) {
            long number = numberOfSplice.remove(splice);
            spliceOfNumber.remove(number);
            credits.closed(number);
            tell(new SpliceEvent.SpliceClosed(number, reason));
        }

        @Override
        public void circuitOpened(long circuit, List<NodeId> hops, long elapsedNanos) {
            lent.tell(circuit, new CircuitEvent.CircuitOpened(circuit, hops, elapsedNanos));
        }

        @Override
        public void circuitClosed(long circuit) {
            lent.tell(circuit, new CircuitEvent.CircuitGone(circuit));
            lent.closed(circuit);
        }

        @Override
        public void stream(long stream, StreamEvent event) {
            lent.onStream(stream, event);
        }

        @Override
        public void circuitBuilt(long elapsedNanos) {
            guardian.tell(new NodeGuardian.Took(NodeEvent.Took.CIRCUIT, elapsedNanos));
        }

        @Override
        public void attemptStep(long splice, AttemptStep step, StepOutcome outcome, long elapsedNanos) {
            if (step instanceof AttemptStep.Spliced && outcome == StepOutcome.OK) {
                guardian.tell(new NodeGuardian.Took("splice.opened", elapsedNanos));
            }
            tell(new SpliceEvent.SpliceStep(numberOfSplice.get(splice), step, outcome, elapsedNanos));
        }

        @Override
        public void leasePublished(PersonKey person, long period, long seq, int copies) {
            if (copies > 0) {
                guardian.tell(new NodeGuardian.LeasePublished());
            }
        }

        @Override
        public void pathsChanged(PathMemory memory) {
            guardian.tell(new NodeGuardian.PathsChanged(memory));
        }

        @Override
        public void relayFailed(NodeId relay) {
            guardian.tell(new NodeGuardian.RelayFailed(relay));
        }
    }
}
