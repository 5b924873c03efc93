package org.privatus.node.actor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.collections.LongHashSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.node.host.DatagramBurst;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.NodeHost;
import org.privatus.node.host.SocketReport;
import org.privatus.node.link.core.ChannelEnd;
import org.privatus.node.link.core.LinkEffects;
import org.privatus.node.link.core.LinkStatistics;
import org.privatus.node.link.core.LinkView;
import org.privatus.node.link.core.Links;

/// Owns every link of the node: datagrams in, requests and cells out to their owners, and back.
///
/// It writes the socket itself. What arrives for an owner that is not there yet waits, at most
/// [#HELD_EVENTS_MAX] events; beyond that the oldest channel's event is dropped by closing its channel.
@SuppressWarnings("ArrayRecordComponent") // messages hand arrays over: no copy is made and none is compared
public final class LinkManager {
    private static final int HELD_EVENTS_MAX = 1024;

    /// The supervisor is told of one wait in so many.
    private static final int DATAGRAMS_PER_SAMPLE = 64;

    /// As many as anybody counts votes of.
    private static final int OBSERVATIONS_KEPT = 16;

    /// What the links are told.
    public sealed interface Command {}

    /// A datagram arrived; the array is only read.
    ///
    /// @param waiting how many do, this one included: the taker counts down
    public record DatagramArrived(Endpoint from, byte[] datagram, long arrivedNanos, AtomicInteger waiting)
            implements Command {}

    /// Datagrams arrived together.
    ///
    /// @param waiting see [DatagramArrived]
    public record DatagramsArrived(DatagramBurst burst, long arrivedNanos, AtomicInteger waiting) implements Command {}

    /// The socket to write to, anew after each bind.
    public record PortBound(DatagramPort port) implements Command {}

    /// Ask a peer; the answer goes to the [KademliaActor].
    public record Ask(long requestId, Contact to, byte[] body, boolean finishHandshake) implements Command {}

    /// The answer to a request is of no use any more.
    public record Abandon(long requestId) implements Command {}

    /// Answer a peer's request.
    public record Answer(long handle, byte[] body) implements Command {}

    /// What the owner of a channel wants.
    public sealed interface ChannelOrder extends Command {}

    /// Open a channel; its id says who owns it, see [ChannelIds].
    public record OpenChannel(long channel, Contact to) implements ChannelOrder {}

    /// Send cells of 512 bytes, one after the other in one array that is given away, within the channel's credit.
    public record SendCells(long channel, byte[] run) implements ChannelOrder {}

    /// So many cells that arrived have been sent on or taken in: the peer may send as many more.
    public record Consumed(long channel, int cells) implements ChannelOrder {}

    /// Close a channel, both ways.
    public record CloseChannel(long channel) implements ChannelOrder {}

    /// Orders that belong together: what they lead to leaves together.
    public record Together(List<ChannelOrder> orders) implements Command {}

    /// Our own contact, as handshakes state it.
    public record SelfChanged(Contact self) implements Command {}

    /// The actors that own what arrives. A new owner inherits no channel of its predecessor: those are closed.
    public record KademliaAvailable(ActorRef<KademliaActor.Command> kademlia) implements Command {}

    /// See [KademliaAvailable].
    public record CircuitsAvailable(ActorRef<CircuitManager.Command> circuits) implements Command {}

    /// See [KademliaAvailable].
    public record RelayAvailable(ActorRef<RelayActor.Command> relay) implements Command {}

    /// See [KademliaAvailable]. Before there is one, peers' direct channels are refused.
    public record DirectAvailable(ActorRef<DirectActor.Command> direct) implements Command {}

    /// What the links look like now.
    public record GetView(ActorRef<View> replyTo) implements Command {}

    private record Computed(Job job) implements Command {}

    private record DeadlineReached() implements Command {}

    private static final DeadlineReached DEADLINE_REACHED = new DeadlineReached();

    /// All links and what happened on them.
    ///
    /// @param socket empty before it is bound, and where there is no kernel
    public record View(
            List<LinkView> links, LinkStatistics statistics, long linksClosed, Optional<SocketReport> socket) {}

    private final NodeSpec spec;
    private final NodeHost host;
    private final ActorRef<Command> self;
    private final ActorRef<NodeGuardian.Command> guardian;
    private final DeadlineTimer<Command> deadline;

    /// Made with the first datagram or request: many nodes of a simulation have none for long.
    private @Nullable Links links;

    private @Nullable Jobs jobs;

    /// Peers that see us where we say we are bring no news: what the latest of them saw goes ahead of the first that sees us
    /// elsewhere.
    private @Nullable Deque<NodeGuardian.EndpointObserved> agreeing;

    private @Nullable LongHashSet channels;
    private @Nullable Deque<ChannelEvent> heldForRelay;

    private final ChannelNews forCircuits = new ChannelNews();
    private final ChannelNews forRelay = new ChannelNews();
    private final ChannelNews forDirect = new ChannelNews();
    private int flags;
    private @Nullable Endpoint own;
    private @Nullable DatagramPort port;
    private @Nullable ActorRef<KademliaActor.Command> kademlia;
    private @Nullable ActorRef<CircuitManager.Command> circuits;
    private @Nullable ActorRef<RelayActor.Command> relay;
    private @Nullable ActorRef<DirectActor.Command> direct;
    private boolean relayAskedFor;
    private boolean dialedByPeer;
    private long datagrams;
    private long linksClosed;

    private LinkManager(
            NodeSpec spec, NodeHost host, ActorRef<NodeGuardian.Command> guardian, ActorContext<Command> context) {
        this.spec = spec;
        this.host = host;
        this.self = context.getSelf();
        this.guardian = guardian;
        this.deadline = new DeadlineTimer<>(context, host.time(), DEADLINE_REACHED);
    }

    private Links links() {
        Links known = links;
        if (known == null) {
            known = new Links(
                    spec.settings().link(),
                    spec.identity(),
                    spec.network(),
                    host.suite(),
                    host.keys(),
                    host.behaviour("link"),
                    new Effects());
            known.setFlags(flags);
            links = known;
        }
        return known;
    }

    public static Behavior<Command> create(NodeSpec spec, NodeHost host, ActorRef<NodeGuardian.Command> guardian) {
        return Behaviors.setup(context -> {
            var manager = new LinkManager(spec, host, guardian, context);
            return new Receiving<>(manager::onMessage, manager::stop);
        });
    }

    private Behavior<Command> onMessage(Command command) {
        long now = host.time().nanos();
        switch (command) {
            case DatagramArrived(var from, var datagram, var arrivedNanos, var waiting) -> {
                waiting.decrementAndGet();
                sampleWait(1, now - arrivedNanos);
                links().onDatagram(from, datagram, now);
            }
            case DatagramsArrived(var burst, var arrivedNanos, var waiting) -> {
                waiting.addAndGet(-burst.size());
                sampleWait(burst.size(), now - arrivedNanos);
                take(burst, now);
            }
            case Ask(var id, var to, var body, var finish) -> links().request(id, to, body, finish, now);
            case Abandon(var id) -> links().cancel(id, now);
            case Answer(var handle, var body) -> links().answer(handle, body, now);
            case ChannelOrder order -> order(order, now);
            case Together(var orders) -> {
                links().hold();
                orders.forEach(order -> order(order, now));
                links().release(now);
            }
            case Computed(var job) -> links().computed(job.orThrow(), now);
            case DeadlineReached() -> {
                deadline.fired();
                links().onDeadline(now);
            }
            case PortBound(var bound) -> port = bound;
            case SelfChanged(var contact) -> {
                flags = contact.flags();
                own = contact.endpoint();
                if (links != null) {
                    links.setFlags(flags);
                }
            }
            case KademliaAvailable(var ref) -> {
                kademlia = ref;
                if (links != null) {
                    links.cancelAll(now);
                }
            }
            case CircuitsAvailable(var ref) -> {
                circuits = ref;
                closeChannelsOf(ChannelIds.OWN_CIRCUITS, now);
            }
            case RelayAvailable(var ref) -> attachRelay(ref, now);
            case DirectAvailable(var ref) -> {
                direct = ref;
                closeChannelsOf(ChannelIds.DIRECT, now);
                closeChannelsOf(ChannelIds.INBOUND_DIRECT, now);
            }
            case GetView(var replyTo) -> {
                tellObservations();
                replyTo.tell(new View(links().links(), links().statistics(), linksClosed, socket()));
            }
        }
        if (links != null) {
            takeDone(links, now);
            deadline.follow(links.deadlineNanos());
        }
        tellOwners();
        if (port != null) {
            port.flush();
        }
        return Behaviors.same();
    }

    private void take(DatagramBurst burst, long now) {
        links().hold();
        for (int i = 0; i < burst.size(); i++) {
            links().onDatagram(burst.sender(i), burst.datagram(i), now);
        }
        links().release(now);
    }

    private Jobs jobs() {
        Jobs known = jobs;
        if (known == null) {
            known = new Jobs(host.compute(), done -> self.tell(new Computed(done)));
            jobs = known;
        }
        return known;
    }

    private void takeDone(Links links, long now) {
        if (jobs != null) {
            for (Job job = jobs.next(); job != null; job = jobs.next()) {
                links.computed(job, now);
            }
        }
    }

    private void observed(NodeGuardian.EndpointObserved observation) {
        if (own == null || !own.equals(observation.observed())) {
            tellObservations();
            guardian.tell(observation);
            return;
        }
        Deque<NodeGuardian.EndpointObserved> kept = agreeing;
        if (kept == null) {
            kept = new ArrayDeque<>(OBSERVATIONS_KEPT);
            agreeing = kept;
        }
        if (kept.size() == OBSERVATIONS_KEPT) {
            kept.removeFirst();
        }
        kept.addLast(observation);
    }

    private Optional<SocketReport> socket() {
        return port == null ? Optional.empty() : port.report();
    }

    private void tellObservations() {
        if (agreeing != null) {
            agreeing.forEach(guardian::tell);
            agreeing = null;
        }
    }

    private LongHashSet channels() {
        LongHashSet known = channels;
        if (known == null) {
            known = new LongHashSet();
            channels = known;
        }
        return known;
    }

    /// An owner may not know yet that its channel has gone: what it still sends is dropped.
    private void order(ChannelOrder order, long now) {
        switch (order) {
            case OpenChannel(var channel, var to) -> {
                channels().add(channel);
                links().openChannel(channel, to, now);
            }
            case SendCells(var channel, var run) -> links().send(channel, run, now);
            case Consumed(var channel, var cells) -> links().consumed(channel, cells, now);
            case CloseChannel(var channel) -> closeChannel(channel, now);
        }
    }

    private void sampleWait(int arrived, long nanos) {
        long before = datagrams / DATAGRAMS_PER_SAMPLE;
        datagrams += arrived;
        if (datagrams / DATAGRAMS_PER_SAMPLE > before) {
            guardian.tell(new NodeGuardian.Took("link.datagram.waited", nanos));
        }
    }

    private void closeChannel(long channel, long now) {
        if (channels().remove(channel)) {
            links().closeChannel(channel, now);
        }
    }

    private void closeChannelsOf(int owner, long now) {
        long[] orphans = channels().stream()
                .mapToLong(Long::longValue)
                .filter(channel -> ChannelIds.owner(channel) == owner)
                .sorted()
                .toArray();
        for (long channel : orphans) {
            closeChannel(channel, now);
        }
    }

    /// The first relay takes what waited for it; a successor finds all channels closed.
    private void attachRelay(ActorRef<RelayActor.Command> ref, long now) {
        if (relay != null) {
            closeChannelsOf(ChannelIds.RELAY, now);
            closeChannelsOf(ChannelIds.INBOUND, now);
        }
        relay = ref;
        if (heldForRelay != null) {
            heldForRelay.forEach(ref::tell);
            heldForRelay = null;
        }
    }

    private void tellKademlia(KademliaActor.Command message) {
        if (kademlia != null) {
            kademlia.tell(message);
        }
    }

    private void deliver(ChannelEvent event) {
        switch (ChannelIds.owner(event.channel())) {
            case ChannelIds.OWN_CIRCUITS -> {
                if (circuits != null) {
                    forCircuits.add(event);
                }
            }
            case ChannelIds.DIRECT, ChannelIds.INBOUND_DIRECT -> deliverDirect(event);
            default -> {
                if (relay != null) {
                    forRelay.add(event);
                } else {
                    holdForRelay(event);
                }
            }
        }
    }

    private void deliverDirect(ChannelEvent event) {
        if (direct != null) {
            forDirect.add(event);
        } else if (event instanceof ChannelEvent.ChannelOpened) {
            self.tell(new CloseChannel(event.channel()));
        }
    }

    private void tellOwners() {
        if (circuits != null) {
            forCircuits.tell(circuits::tell, circuits::tell);
        }
        if (relay != null) {
            forRelay.tell(relay::tell, relay::tell);
        }
        if (direct != null) {
            forDirect.tell(direct::tell, direct::tell);
        }
    }

    private void holdForRelay(ChannelEvent event) {
        if (!relayAskedFor) {
            relayAskedFor = true;
            guardian.tell(new NodeGuardian.RelayNeeded());
        }
        if (heldForRelay == null) {
            heldForRelay = new ArrayDeque<>();
        }
        if (heldForRelay.size() < HELD_EVENTS_MAX) {
            heldForRelay.addLast(event);
        } else {
            heldForRelay.removeIf(held -> held.channel() == event.channel());
            self.tell(new CloseChannel(event.channel()));
        }
    }

    private void stop() {
        deadline.cancel();
        if (links != null) {
            links.closeAll();
        }
        if (port != null) {
            port.flush();
        }
    }

    /// What the socket hands over; the array comes with it.
    static DatagramArrived arrived(NodeHost host, Endpoint from, byte[] datagram, AtomicInteger waiting) {
        return new DatagramArrived(from, datagram, host.time().nanos(), waiting);
    }

    private final class Effects implements LinkEffects {
        @Override
        public void transmit(Endpoint to, byte[] datagram, int length) {
            if (port != null) {
                port.send(to, datagram, length);
            }
        }

        @Override
        public void transmitTrain(Endpoint to, byte[] train, int length, int segment) {
            if (port != null) {
                port.sendTrain(to, train, length, segment);
            }
        }

        @Override
        public void compute(Job job) {
            jobs().submit(job);
        }

        @Override
        public void requestArrived(long handle, Optional<Contact> asker, Endpoint from, byte[] body) {
            tellKademlia(new KademliaActor.RequestArrived(handle, asker, from, body));
        }

        @Override
        public void answerArrived(long requestId, byte[] body, long rttNanos) {
            tellKademlia(new KademliaActor.AnswerArrived(requestId, body, rttNanos));
        }

        @Override
        public void requestFailed(long requestId) {
            tellKademlia(new KademliaActor.RequestFailed(requestId));
        }

        @Override
        public void peerVerified(Contact peer, PuzzleNonce nonce, boolean weDialed, long rttNanos) {
            tellKademlia(new KademliaActor.PeerVerified(peer, weDialed, rttNanos));
            if (!weDialed && !dialedByPeer) {
                dialedByPeer = true;
                guardian.tell(new NodeGuardian.DialedByPeer());
            }
        }

        @Override
        public void linkClosed(NodeKey peer) {
            linksClosed++;
        }

        @Override
        public void endpointObserved(Contact observer, Endpoint observed) {
            long at = host.time().nanos();
            LinkManager.this.observed(new NodeGuardian.EndpointObserved(observer, observed, at));
        }

        @Override
        public void channelOpened(long channel, Contact peer, int credit) {
            channels().add(channel);
            deliver(new ChannelEvent.ChannelOpened(channel, peer, credit));
        }

        @Override
        public void channelReady(long channel, int credit) {
            deliver(new ChannelEvent.ChannelReady(channel, credit));
        }

        @Override
        public void channelCells(long channel, byte[] run) {
            deliver(new ChannelEvent.CellsArrived(channel, run));
        }

        @Override
        public void channelCredit(long channel, int cells) {
            deliver(new ChannelEvent.ChannelCredit(channel, cells));
        }

        @Override
        public void channelClosed(long channel, ChannelEnd reason) {
            channels().remove(channel);
            deliver(new ChannelEvent.ChannelClosed(channel));
        }
    }
}
