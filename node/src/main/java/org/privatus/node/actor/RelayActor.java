package org.privatus.node.actor;

import java.util.Optional;
import org.agrona.collections.LongHashSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.node.host.NodeHost;
import org.privatus.onion.relay.Relay;
import org.privatus.onion.relay.RelayEffects;
import org.privatus.onion.relay.RelayView;

/// Owns the circuits of others that pass through this node, and executes DHT operations for those that end here.
public final class RelayActor {
    /// What the relay is told; [ChannelEvent]s come from the [LinkManager].
    public sealed interface Command
            permits ChannelEvent,
                    ChannelEvents,
                    KademliaAvailable,
                    KeysRotated,
                    GetView,
                    DhtDone,
                    Computed,
                    DeadlineReached {}

    /// The DHT to ask on behalf of circuits, anew after each of its restarts.
    public record KademliaAvailable(ActorRef<KademliaActor.Command> kademlia) implements Command {}

    /// The onion keys to answer to from now on.
    public record KeysRotated(OnionKeys keys) implements Command {}

    /// What the relay looks like now.
    public record GetView(ActorRef<RelayView> replyTo) implements Command {}

    record DhtDone(long operation, KademliaActor.Outcome outcome) implements Command {}

    record Computed(Job job) implements Command {}

    record DeadlineReached() implements Command {}

    private static final KademliaActor.Outcome NOTHING = new KademliaActor.Outcome(Optional.empty(), false);

    private final NodeHost host;
    private final Relay relay;
    private final ActorRef<Command> self;
    private final LinkOrders links;
    private final DeadlineTimer<Command> deadline;
    private final LongHashSet asked = new LongHashSet();
    private ActorRef<KademliaActor.Command> kademlia;

    private RelayActor(
            NodeSpec spec,
            OnionKeys keys,
            NodeHost host,
            ActorRef<LinkManager.Command> links,
            ActorRef<KademliaActor.Command> kademlia,
            ActorContext<Command> context) {
        this.host = host;
        this.self = context.getSelf();
        this.links = new LinkOrders(links);
        this.kademlia = kademlia;
        this.deadline = new DeadlineTimer<>(context, host.time(), new DeadlineReached());
        this.relay = new Relay(
                spec.settings().relay(),
                keys,
                spec.identity(),
                host.suite(),
                host.keys(),
                host.behaviour("relay"),
                new Effects());
    }

    public static Behavior<Command> create(
            NodeSpec spec,
            OnionKeys keys,
            NodeHost host,
            ActorRef<LinkManager.Command> links,
            ActorRef<KademliaActor.Command> kademlia) {
        return Behaviors.setup(context -> {
            var actor = new RelayActor(spec, keys, host, links, kademlia, context);
            return actor.deadline.follow(actor::onMessage);
        });
    }

    private Behavior<Command> onMessage(Command command) {
        long now = host.time().nanos();
        relay.hold();
        switch (command) {
            case ChannelEvent event -> onChannel(event, now);
            case ChannelEvents(var events) -> events.forEach(event -> onChannel(event, now));
            case DhtDone(var operation, var outcome) -> dhtDone(operation, outcome, now);
            case Computed(var job) -> relay.computed(job.orThrow(), now);
            case DeadlineReached() -> {
                deadline.fired();
                relay.onDeadline(now);
            }
            case KademliaAvailable(var ref) -> replaceKademlia(ref, now);
            case KeysRotated(var keys) -> relay.onionKeysChanged(keys);
            case GetView(var replyTo) -> replyTo.tell(relay.view());
        }
        relay.release(now);
        links.tell();
        deadline.follow(relay.deadlineNanos());
        return Behaviors.same();
    }

    private void onChannel(ChannelEvent event, long now) {
        switch (event) {
            case ChannelEvent.ChannelOpened(var channel, var peer, var credit) ->
                relay.channelOpened(channel, peer, credit, now);
            case ChannelEvent.ChannelReady(var channel, var credit) -> relay.channelReady(channel, credit, now);
            case ChannelEvent.CellsArrived(var channel, var run) -> relay.channelCells(channel, run, now);
            case ChannelEvent.ChannelCredit(var channel, var cells) -> relay.channelCredit(channel, cells, now);
            case ChannelEvent.ChannelClosed(var channel) -> relay.channelClosed(channel, now);
        }
    }

    private void dhtDone(long operation, KademliaActor.Outcome outcome, long now) {
        if (asked.remove(operation)) {
            relay.dhtDone(operation, outcome.record(), outcome.stored(), now);
        }
    }

    /// What its predecessor was asked is answered by nobody: for the circuits it has failed.
    private void replaceKademlia(ActorRef<KademliaActor.Command> successor, long now) {
        kademlia = successor;
        long[] unanswered = asked.stream().mapToLong(Long::longValue).sorted().toArray();
        for (long operation : unanswered) {
            dhtDone(operation, NOTHING, now);
        }
    }

    private final class Effects implements RelayEffects {
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
        public void dhtGet(long operation, NodeId target) {
            asked.add(operation);
            kademlia.tell(new KademliaActor.Get(target, operation, self));
        }

        @Override
        public void dhtPut(long operation, byte[] record) {
            asked.add(operation);
            kademlia.tell(new KademliaActor.Put(record, operation, self));
        }
    }
}
