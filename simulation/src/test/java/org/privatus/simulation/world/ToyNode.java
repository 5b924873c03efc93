package org.privatus.simulation.world;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.actor.Asking;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.NodeHost;
import org.privatus.simulation.network.SimulatedNetwork;

/// An actor that uses everything a node uses: timers, datagrams, asking, spawning, watching, respawning, heavy work and
/// randomness of both kinds. It pings random nodes; who is pinged asks a child of its own what to answer; children crash.
public final class ToyNode extends AbstractBehavior<ToyNode.Message> {
    public sealed interface Message permits Tick, Arrived, Answered, Failed, Done, Respawn, Count {}

    private record Tick() implements Message {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Arrived(Endpoint from, byte[] bytes) implements Message {}

    private record Answered(Endpoint to, long answer) implements Message {}

    private record Failed() implements Message {}

    private record Done(Job job) implements Message {}

    private record Respawn() implements Message {}

    record Count(ActorRef<Integer> replyTo) implements Message {}

    private record Question(long number, ActorRef<Long> replyTo) {}

    private static final class Square extends Job {
        private final long number;
        private long result;

        Square(long number) {
            this.number = number;
        }

        @Override
        public void run() {
            result = number * number;
        }

        @Override
        public Cost cost() {
            return Cost.agreements(1);
        }
    }

    private final NodeHost host;
    private final int nodes;
    private final TimerScheduler<Message> timers;
    private final RandomGenerator behaviour;
    private final DatagramPort port;
    private ActorRef<Question> child;
    private int answers;

    public static Behavior<Message> create(NodeHost host, int nodes) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new ToyNode(context, timers, host, nodes)));
    }

    private ToyNode(ActorContext<Message> context, TimerScheduler<Message> timers, NodeHost host, int nodes)
            throws BindFailedException {
        super(context);
        this.host = host;
        this.nodes = nodes;
        this.timers = timers;
        this.behaviour = host.behaviour("toy");
        ActorRef<Message> self = context.getSelf();
        this.port = host.datagrams()
                .bind(Endpoint.parse("0.0.0.0:0"), (from, datagram) -> self.tell(new Arrived(from, datagram)));
        spawnChild();
        tickLater();
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Tick.class, tick -> ping())
                .onMessage(Arrived.class, this::arrived)
                .onMessage(Answered.class, this::answered)
                .onMessage(Failed.class, failed -> this)
                .onMessage(Done.class, this::done)
                .onMessage(Respawn.class, respawn -> spawnChild())
                .onMessage(Count.class, this::count)
                .onSignal(Terminated.class, ended -> respawnLater())
                .build();
    }

    private Behavior<Message> ping() {
        var bytes = new byte[40 + behaviour.nextInt(100)];
        host.keys().nextBytes(bytes);
        bytes[0] = 1;
        port.send(SimulatedNetwork.endpointOf(behaviour.nextInt(nodes)), bytes, bytes.length);
        host.compute()
                .submit(new Square(bytes.length), job -> getContext().getSelf().tell(new Done(job)));
        tickLater();
        return this;
    }

    private Behavior<Message> arrived(Arrived arrived) {
        if (arrived.bytes()[0] != 1) {
            answers++;
            return this;
        }
        Asking.<Message, Question, Long>ask(
                getContext(),
                child,
                Duration.ofMillis(20),
                replyTo -> new Question(arrived.bytes()[1], replyTo),
                answer -> new Answered(arrived.from(), answer),
                failure -> new Failed());
        return this;
    }

    private Behavior<Message> answered(Answered answered) {
        port.send(answered.to(), new byte[] {2, (byte) answered.answer()}, 2);
        return this;
    }

    private Behavior<Message> done(Done done) {
        if (done.job() instanceof Square square && square.result < 0) {
            throw new IllegalStateException("a square is not negative");
        }
        return this;
    }

    private Behavior<Message> count(Count count) {
        count.replyTo().tell(answers);
        return this;
    }

    private Behavior<Message> respawnLater() {
        timers.startSingleTimer(new Respawn(), Duration.ofMillis(10 + behaviour.nextInt(100)));
        return this;
    }

    private Behavior<Message> spawnChild() {
        RandomGenerator random = host.behaviour("child");
        child = getContext().spawnAnonymous(Behaviors.<Question>receiveMessage(question -> {
            if (question.number() % 11 == 0) {
                return Behaviors.stopped();
            }
            question.replyTo().tell(question.number() + random.nextInt(1000));
            return Behaviors.same();
        }));
        getContext().watch(child);
        return this;
    }

    private void tickLater() {
        timers.startSingleTimer("tick", new Tick(), Duration.ofMillis(50 + behaviour.nextInt(200)));
    }
}
