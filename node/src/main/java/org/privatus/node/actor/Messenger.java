package org.privatus.node.actor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.node.host.NodeHost;
import org.privatus.node.messaging.core.ConversationEffects;
import org.privatus.node.messaging.core.Conversations;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.AttemptStep;
import org.privatus.node.store.Committed;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.StoreReply;
import org.privatus.node.store.StoreTransaction;
import org.privatus.node.store.StoredMessage;
import org.privatus.node.store.StoredState;
import org.privatus.onion.lease.LeaseOwner;
import org.privatus.onion.splice.SplicePath;

/// Owns the conversations of one person: texts from the control port to splices and back, each step on disk first.
///
/// A store that fails ends this actor: the guardian starts it again, and it goes on from what is on disk.
public final class Messenger {
    private static final int STASH_CAPACITY = 1_000;

    /// What the messenger is told; [SpliceEvent]s come from the [CircuitManager].
    public sealed interface Command
            permits SpliceEvent,
                    Control,
                    Follow,
                    Unfollow,
                    CircuitsAvailable,
                    GetView,
                    Stop,
                    Loaded,
                    Stored,
                    SendTimedOut,
                    Computed,
                    DeadlineReached,
                    Listed,
                    AttemptsListed,
                    HeldListed,
                    PageRead {}

    /// A question of the node's user.
    public record Control(ControlRequest request, ActorRef<ControlReply> replyTo) implements Command {}

    /// Hand over every incoming message above `afterSequence`, in order, until [Unfollow] with the same number.
    public record Follow(long number, long afterSequence, Consumer<MessageView> sink) implements Command {}

    /// See [Follow].
    public record Unfollow(long number) implements Command {}

    /// The circuits to open splices with, anew after each of their restarts.
    public record CircuitsAvailable(ActorRef<CircuitManager.Command> circuits) implements Command {}

    /// What conversations look like now.
    public record GetView(ActorRef<View> replyTo) implements Command {}

    /// Close splices: the node ends.
    public record Stop() implements Command {}

    record Loaded(StoreReply<StoredState> reply) implements Command {}

    record Stored(long ticket, StoreReply<Committed> reply) implements Command {}

    record SendTimedOut(MessageId id) implements Command {}

    record Computed(Job job) implements Command {}

    record DeadlineReached() implements Command {}

    record Listed(StoreReply<List<StoredMessage>> reply, ActorRef<ControlReply> replyTo) implements Command {}

    record AttemptsListed(PersonKey person, StoreReply<List<Attempt>> reply, ActorRef<ControlReply> replyTo)
            implements Command {}

    record HeldListed(StoreReply<List<StoredMessage>> reply, ActorRef<ControlReply> replyTo) implements Command {}

    record PageRead(long follower, StoreReply<List<StoredMessage>> reply) implements Command {}

    /// Conversations in numbers.
    ///
    /// @param sessions splices that are open to somebody known
    public record View(int contacts, int queued, int queueCapacity, int sessions, int requests) {}

    private final NodeHost host;
    private final NodeSpec spec;
    private final TimerScheduler<Command> timers;
    private final ActorRef<Command> self;
    private final ActorRef<NodeGuardian.Command> guardian;
    private final ActorRef<StoreActor.Command> store;
    private final Conversations conversations;
    private final PersonDesk desk;
    private final Followers followers;
    private final DeadlineTimer<Command> deadline;
    private final Map<Long, SplicePath> paths = new LinkedHashMap<>();
    private final Map<Long, PersonAddress> openings = new LinkedHashMap<>();
    private Optional<ActorRef<CircuitManager.Command>> circuits = Optional.empty();

    private Messenger(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            NodeSpec spec,
            NodeHost host,
            ActorRef<NodeGuardian.Command> guardian) {
        this.guardian = guardian;
        this.host = host;
        this.spec = spec;
        this.timers = timers;
        this.self = context.getSelf();
        NodeSpec.Person person = spec.person().orElseThrow();
        this.store = context.spawn(StoreActor.create(person.store()), "store");
        context.watch(store);
        this.conversations = new Conversations(
                spec.settings().messaging(),
                person.identity(),
                spec.network(),
                host.suite(),
                host.keys(),
                host.behaviour("conversations"),
                new Effects());
        this.desk = new PersonDesk(conversations, spec.network(), store, self);
        this.followers = new Followers(store, self, desk::view);
        this.deadline = new DeadlineTimer<>(context, host.time(), new DeadlineReached());
    }

    public static Behavior<Command> create(NodeSpec spec, NodeHost host, ActorRef<NodeGuardian.Command> guardian) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                STASH_CAPACITY, stash -> new Messenger(context, timers, spec, host, guardian).loading(stash))));
    }

    /// What comes before the store has answered waits.
    private Behavior<Command> loading(StashBuffer<Command> stash) {
        int marks = spec.settings().messaging().marksKept();
        store.tell(new StoreActor.Load<>(marks, Loaded::new, self));
        return Behaviors.receiveMessage(command -> {
            if (!(command instanceof Loaded(var reply))) {
                stash.stash(command);
                return Behaviors.same();
            }
            conversations.load(need(reply), host.time().nanos(), host.time().epochMillis());
            follow();
            return stash.unstashAll(running());
        });
    }

    private Behavior<Command> running() {
        return new Receiving<>(this::onMessage, conversations::shutDown);
    }

    private Behavior<Command> onMessage(Command command) {
        long now = host.time().nanos();
        long date = host.time().epochMillis();
        switch (command) {
            case SpliceEvent event -> onSplice(event, now, date);
            case Control(ControlRequest.Send send, var replyTo) ->
                desk.send(send, replyTo, now, date)
                        .ifPresent(id -> timers.startSingleTimer(
                                id, new SendTimedOut(id), Duration.ofMillis(Math.max(0, send.timeoutMillis()))));
            case Control(var request, var replyTo) -> desk.take(request, replyTo, now, date);
            case Follow(var number, var after, var sink) -> followers.add(number, after, sink);
            case Unfollow(var number) -> followers.remove(number);
            case CircuitsAvailable(var ref) -> attach(ref, now, date);
            case GetView(var replyTo) -> replyTo.tell(view());
            case Stored(var ticket, var reply) -> conversations.committed(ticket, need(reply), now, date);
            case SendTimedOut(var id) -> desk.sendTimedOut(id, now);
            case Computed(var job) -> conversations.computed(job.orThrow(), now, date);
            case DeadlineReached() -> {
                deadline.fired();
                conversations.onDeadline(now, date);
            }
            case Listed(var reply, var replyTo) -> desk.listed(reply, replyTo);
            case AttemptsListed(var person, var reply, var replyTo) -> desk.attempts(person, reply, replyTo, now, date);
            case HeldListed(var reply, var replyTo) -> desk.requests(reply, replyTo);
            case PageRead(var follower, var reply) -> followers.pageRead(follower, need(reply));
            case Loaded loaded -> throw new IllegalStateException("loaded twice");
            case Stop() -> conversations.shutDown();
        }
        follow();
        return Behaviors.same();
    }

    private void follow() {
        deadline.follow(conversations.deadlineNanos());
    }

    /// The person is served by these circuits from now on. Splices of those that were there before are over; what was to be
    /// opened before there were any is opened now.
    private void attach(ActorRef<CircuitManager.Command> ref, long now, long date) {
        boolean first = circuits.isEmpty();
        circuits = Optional.of(ref);
        PersonIdentity own = spec.person().orElseThrow().identity();
        ref.tell(new CircuitManager.Serve(LeaseOwner.of(own, spec.network()), self));
        if (first) {
            openings.forEach((number, to) -> ref.tell(new CircuitManager.OpenSplice(number, to)));
            return;
        }
        List<Long> open = List.copyOf(paths.keySet());
        List<Long> opening = List.copyOf(openings.keySet());
        paths.clear();
        openings.clear();
        open.forEach(splice -> conversations.spliceClosed(splice, now, date));
        opening.forEach(number ->
                conversations.spliceFailed(number, AttemptStep.Outcome.CLOSED, "circuits started again", now, date));
    }

    private void onSplice(SpliceEvent event, long now, long date) {
        long splice = event.splice();
        switch (event) {
            case SpliceEvent.SpliceOpened(var number, var path, var capacity) -> {
                openings.remove(number);
                paths.put(number, path);
                conversations.spliceOpened(number, number, capacity, now, date);
            }
            case SpliceEvent.SpliceIncoming(var number, var path, var capacity) -> {
                paths.put(number, path);
                conversations.spliceIncoming(number, capacity, now);
            }
            case SpliceEvent.SpliceBytes(var number, var bytes) -> conversations.spliceBytes(number, bytes, now, date);
            case SpliceEvent.SpliceWritable(var number, var bytes) -> conversations.spliceWritable(number, bytes, now);
            case SpliceEvent.SpliceClosed(var number, var reason) -> {
                if (openings.remove(number) != null) {
                    conversations.spliceFailed(
                            number, SpliceWords.outcome(reason), SpliceWords.detail(reason), now, date);
                } else {
                    conversations.spliceClosed(number, now, date);
                }
                paths.remove(splice);
            }
            case SpliceEvent.SpliceStep(var number, var step, var outcome, var elapsed) ->
                conversations.attemptStep(
                        number,
                        SpliceWords.stage(step),
                        SpliceWords.outcome(outcome),
                        SpliceWords.detail(step, outcome),
                        now,
                        date);
        }
    }

    private View view() {
        var view = conversations.view();
        return new View(
                view.contacts(),
                view.pendingTexts(),
                spec.settings().messaging().maxPendingPerContact(),
                view.splices() - view.strangeSplices(),
                view.requests());
    }

    private static <T> T need(StoreReply<T> reply) {
        return switch (reply) {
            case StoreReply.Done<T>(var value) -> value;
            case StoreReply.Failed<T>(var reason) -> throw new IllegalStateException("the store failed: " + reason);
        };
    }

    private final class Effects implements ConversationEffects {
        @Override
        public void commit(long ticket, StoreTransaction transaction) {
            store.tell(new StoreActor.Commit<>(transaction, reply -> new Stored(ticket, reply), self));
        }

        @Override
        public void openSplice(long ref, PersonAddress to) {
            openings.put(ref, to);
            circuits.ifPresent(owner -> owner.tell(new CircuitManager.OpenSplice(ref, to)));
        }

        @Override
        public void abandonSplice(long ref) {
            openings.remove(ref);
            closeSplice(ref);
        }

        @Override
        public void send(long splice, byte[] bytes) {
            circuits.ifPresent(owner -> owner.tell(new CircuitManager.SendBytes(splice, bytes)));
        }

        @Override
        public void closeSplice(long splice) {
            paths.remove(splice);
            circuits.ifPresent(owner -> owner.tell(new CircuitManager.CloseSplice(splice)));
        }

        @Override
        public void compute(Job job) {
            host.compute().submit(job, done -> self.tell(new Computed(done)));
        }

        @Override
        public void queued(PersonKey to, MessageId id) {
            // Whoever sent it is told when it is acknowledged, or when their patience is over.
        }

        @Override
        public void acknowledged(PersonKey to, MessageId id, long splice, long elapsedMillis) {
            timers.cancel(id);
            guardian.tell(new NodeGuardian.Took("message.acknowledged", TimeUnit.MILLISECONDS.toNanos(elapsedMillis)));
            desk.acknowledged(id, Optional.ofNullable(paths.get(splice)), elapsedMillis);
        }

        @Override
        public void received(StoredMessage message) {
            followers.received();
        }

        @Override
        public void requestArrived(PersonKey from) {
            // Shown to whoever asks for requests.
        }

        @Override
        public void commandDone(long ticket) {
            desk.commandDone(ticket);
        }
    }
}
