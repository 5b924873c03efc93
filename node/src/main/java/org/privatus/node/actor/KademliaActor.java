package org.privatus.node.actor;

import java.util.List;
import java.util.Optional;
import org.agrona.collections.Long2ObjectHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.DhtOutcome;
import org.privatus.dht.DhtView;
import org.privatus.dht.Kademlia;
import org.privatus.dht.KademliaEffects;
import org.privatus.node.host.NodeHost;

/// Owns the node's part of the DHT. Its requests travel through the [LinkManager]; relays ask it on behalf of circuits.
@SuppressWarnings("ArrayRecordComponent") // messages hand arrays over: no copy is made and none is compared
public final class KademliaActor {
    /// What the DHT is told.
    public sealed interface Command {}

    /// A peer asks; answered by the handle.
    public record RequestArrived(long handle, Optional<Contact> asker, Endpoint from, byte[] body) implements Command {}

    /// A peer answered.
    public record AnswerArrived(long requestId, byte[] body, long rttNanos) implements Command {}

    /// No answer will come.
    public record RequestFailed(long requestId) implements Command {}

    /// A handshake finished: the peer holds its key and lives at its endpoint.
    public record PeerVerified(Contact peer, boolean weDialed, long rttNanos) implements Command {}

    /// Enter the network through these.
    public record Join(List<Contact> bootstrap) implements Command {}

    /// Begin with these contacts, which were proven before.
    public record Adopt(List<Contact> proven) implements Command {}

    /// The nodes nearest to `target`.
    public record FindClosest(NodeId target, ActorRef<LookupEnded> replyTo) implements Command {}

    /// How a [FindClosest] ended.
    public record LookupEnded(NodeId target, DhtOutcome outcome) {}

    /// Our own contact changed; the descriptor is published where there is one.
    public record SelfChanged(Contact self, Optional<NodeDescriptor> descriptor) implements Command {}

    /// Learn descriptors in the background until so many are known.
    public record FillPool(int wanted) implements Command {}

    /// Hold these descriptors, and their successors, whatever happens.
    public record Keep(List<NodeDescriptor> descriptors) implements Command {}

    /// The signed record with the highest sequence number at `target`, for a circuit that ends here.
    public record Get(NodeId target, long operation, ActorRef<? super RelayActor.DhtDone> replyTo) implements Command {}

    /// Store a signed record, for a circuit that ends here.
    public record Put(byte[] record, long operation, ActorRef<? super RelayActor.DhtDone> replyTo) implements Command {}

    /// A relay of the pool could not be used.
    public record RelayFailed(NodeId relay) implements Command {}

    /// What the DHT looks like now.
    public record GetView(ActorRef<DhtView> replyTo) implements Command {}

    /// Tell the guardian the contacts worth trying first after a restart.
    record NoteContacts(int most) implements Command {}

    private record Computed(Job job) implements Command {}

    private record DeadlineReached() implements Command {}

    private static final DeadlineReached DEADLINE_REACHED = new DeadlineReached();

    /// How a [Get] or [Put] ended.
    ///
    /// @param record what was found
    /// @param stored whether at least one node holds the record that was put
    public record Outcome(Optional<byte[]> record, boolean stored) {}

    /// Who waits for an operation.
    private sealed interface Asker {}

    private record Circuit(long operation, ActorRef<? super RelayActor.DhtDone> replyTo) implements Asker {}

    private record Local(NodeId target, ActorRef<LookupEnded> replyTo) implements Asker {}

    private final NodeHost host;
    private final Kademlia kademlia;
    private final ActorRef<Command> self;
    private final ActorRef<LinkManager.Command> links;
    private final ActorRef<NodeGuardian.Command> guardian;
    private final DeadlineTimer<Command> deadline;

    /// By operation; made with the first.
    private @Nullable Long2ObjectHashMap<Asker> askers;

    private KademliaActor(
            NodeSpec spec,
            Contact selfContact,
            NodeHost host,
            ActorRef<LinkManager.Command> links,
            ActorRef<NodeGuardian.Command> guardian,
            ActorContext<Command> context) {
        this.host = host;
        this.self = context.getSelf();
        this.links = links;
        this.guardian = guardian;
        this.deadline = new DeadlineTimer<>(context, host.time(), DEADLINE_REACHED);
        this.kademlia = new Kademlia(
                spec.settings().dht(), selfContact, spec.network(), host.suite(), host.behaviour("dht"), new Effects());
    }

    public static Behavior<Command> create(
            NodeSpec spec,
            Contact selfContact,
            NodeHost host,
            ActorRef<LinkManager.Command> links,
            ActorRef<NodeGuardian.Command> guardian) {
        return Behaviors.setup(context -> {
            var actor = new KademliaActor(spec, selfContact, host, links, guardian, context);
            return actor.deadline.follow(actor::onMessage);
        });
    }

    private Behavior<Command> onMessage(Command command) {
        long now = host.time().nanos();
        long date = host.time().epochMillis();
        switch (command) {
            case RequestArrived(var handle, var asker, var from, var body) ->
                kademlia.requestArrived(handle, asker, from, body, now, date);
            case AnswerArrived(var id, var body, var rtt) -> kademlia.answerArrived(id, body, rtt, now, date);
            case RequestFailed(var id) -> kademlia.requestFailed(id, now);
            case PeerVerified(var peer, var weDialed, var rtt) -> kademlia.peerVerified(peer, weDialed, rtt, now);
            case Join(var bootstrap) -> kademlia.join(bootstrap, now);
            case SelfChanged(var contact, var descriptor) -> kademlia.selfChanged(contact, descriptor, now, date);
            case FillPool(var wanted) -> kademlia.fillPool(wanted, now);
            case Keep(var descriptors) -> kademlia.keep(descriptors, now, date);
            case Adopt(var proven) -> kademlia.adopt(proven, now);
            case FindClosest(var target, var replyTo) ->
                remember(kademlia.findClosest(target, now), new Local(target, replyTo));
            case Get get ->
                remember(kademlia.get(get.target(), now, date), new Circuit(get.operation(), get.replyTo()));
            case Put put ->
                remember(kademlia.put(put.record(), now, date), new Circuit(put.operation(), put.replyTo()));
            case RelayFailed(var relay) -> kademlia.relayFailed(relay, now);
            case GetView(var replyTo) -> replyTo.tell(kademlia.view());
            case NoteContacts(var most) -> guardian.tell(new NodeGuardian.ContactsNoted(kademlia.contacts(most)));
            case Computed(var job) -> kademlia.computed(job.orThrow(), now, date);
            case DeadlineReached() -> {
                deadline.fired();
                kademlia.onDeadline(now, date);
            }
        }
        deadline.follow(kademlia.deadlineNanos());
        return Behaviors.same();
    }

    private void remember(long operation, Asker asker) {
        if (askers == null) {
            askers = new Long2ObjectHashMap<>();
        }
        askers.put(operation, asker);
    }

    private final class Effects implements KademliaEffects {
        @Override
        public void ask(long requestId, Contact to, byte[] body, boolean finishHandshake) {
            links.tell(new LinkManager.Ask(requestId, to, body, finishHandshake));
        }

        @Override
        public void abandon(long requestId) {
            links.tell(new LinkManager.Abandon(requestId));
        }

        @Override
        public void answer(long handle, byte[] body) {
            links.tell(new LinkManager.Answer(handle, body));
        }

        @Override
        public void compute(Job job) {
            host.compute().submit(job, done -> self.tell(new Computed(done)));
        }

        @Override
        public void operationDone(long operation, DhtOutcome outcome) {
            guardian.tell(new NodeGuardian.Took(
                    NodeEvent.Took.DHT_OPERATION, outcome.effort().elapsedNanos()));
            switch (askers == null ? null : askers.remove(operation)) {
                case Circuit(var number, var replyTo) ->
                    replyTo.tell(new RelayActor.DhtDone(number, outcomeOf(outcome)));
                case Local(var target, var replyTo) -> replyTo.tell(new LookupEnded(target, outcome));
                case null -> {}
            }
        }

        @Override
        public void descriptorLearned(NodeDescriptor descriptor) {
            guardian.tell(new NodeGuardian.DescriptorLearned(descriptor));
        }

        @Override
        public void descriptorLost(NodeId node) {
            guardian.tell(new NodeGuardian.DescriptorLost(node));
        }

        @Override
        public void joined(int contacts) {
            guardian.tell(new NodeGuardian.Joined(contacts));
        }
    }

    private static Outcome outcomeOf(DhtOutcome outcome) {
        return switch (outcome) {
            case DhtOutcome.Found found ->
                new Outcome(Optional.of(found.record().toBytes()), false);
            case DhtOutcome.Stored stored -> new Outcome(Optional.empty(), stored.holders() > 0);
            case DhtOutcome.Closest closest -> new Outcome(Optional.empty(), false);
            case DhtOutcome.NotFound notFound -> new Outcome(Optional.empty(), false);
            case DhtOutcome.TimedOut timedOut -> new Outcome(Optional.empty(), false);
            case DhtOutcome.Refused refused -> new Outcome(Optional.empty(), false);
        };
    }
}
