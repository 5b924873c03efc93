package org.privatus.onion.circuit;

import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.Status;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.Timers;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.lease.LeaseGateway;
import org.privatus.onion.path.PathWish;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.splice.SplicePath;
import org.privatus.onion.work.WorkAsked;

/// A circuit whose last hop is a gateway to a person served here. When it dies it is built anew, to another gateway, with
/// a fresh token.
final class Registration extends Demand {
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long WORK_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MAX_WORKS = 3;
    private static final int MAX_PAUSE_SHIFT = 7;
    /// After so many paths that were asked for, the gateway that was left may be had again: there may be no other.
    private static final int TRIES_ELSEWHERE = 4;

    private final Serving serving;
    private final Surroundings around;
    private final CircuitSupply supply;
    private final SpliceTable table;
    private final TreeMap<Integer, IncomingSplice> splices = new TreeMap<>();
    private @Nullable Circuit circuit;
    private byte[] token = new byte[0];
    private boolean registered;
    private boolean stopped;
    private int restarts;
    private @Nullable NodeKey leftGateway;
    private int asked;
    private int works;
    private @Nullable Timer timer;

    Registration(Serving serving, Surroundings around, CircuitSupply supply, SpliceTable table) {
        this.serving = serving;
        this.around = around;
        this.supply = supply;
        this.table = table;
    }

    void begin(Moment now) {
        supply.want(this, now);
    }

    /// How others reach this registration, once it stands.
    Optional<LeaseGateway> gateway() {
        Circuit standing = circuit;
        return registered && standing != null
                ? Optional.of(new LeaseGateway(
                        standing.lastHop().contact(), standing.lastHop().onionKey(), token))
                : Optional.empty();
    }

    Optional<NodeId> gatewayId() {
        return gateway().map(each -> each.hop().id());
    }

    int splices() {
        return splices.size();
    }

    @Override
    PathWish wish() {
        PathWish wish = serving.wishFor(this);
        NodeKey left = leftGateway;
        if (left == null || ++asked > TRIES_ELSEWHERE) {
            return wish;
        }
        TreeSet<NodeKey> avoided = new TreeSet<>(wish.avoidedLast());
        avoided.add(left);
        return wish.avoidingLast(avoided);
    }

    @Override
    public CircuitPurpose purpose() {
        return CircuitPurpose.INBOUND;
    }

    @Override
    void given(Circuit given, boolean spare, Moment now) {
        circuit = given;
        leftGateway = given.lastHop().contact().key();
        asked = 0;
        works = 0;
        token = new byte[LeaseGateway.TOKEN_LENGTH];
        around.keys().nextBytes(token);
        limit(ANSWER_NANOS, now, later -> given.close(CircuitEnd.TIMED_OUT, later));
        given.send(RelayMessage.onCircuit(RelayCommand.REGISTER, token.clone()));
    }

    @Override
    void unmet(Moment now) {
        restart(now);
    }

    @Override
    public void message(Circuit from, RelayMessage message, Moment now) throws MalformedPacketException {
        switch (message.command()) {
            case RelayCommand.REGISTERED -> {
                Status status = Status.of(message.body());
                if (status == Status.WORK) {
                    work(from, WorkAsked.read(message.body()), now);
                } else {
                    registered(from, status, now);
                }
            }
            case RelayCommand.SPLICE -> spliced(from, message.stream());
            case RelayCommand.END ->
                Optional.ofNullable(splices.remove(message.stream()))
                        .ifPresent(splice -> splice.ended(
                                StreamEnd.of(message.body()) == StreamEnd.DONE
                                        ? SpliceEnd.CLOSED_BY_PEER
                                        : SpliceEnd.CIRCUIT_DIED));
            default -> throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    @Override
    public void data(Circuit from, int stream, byte[] bytes, Moment now) {
        Optional.ofNullable(splices.get(stream)).ifPresent(splice -> splice.received(bytes));
    }

    /// The gateway is nearly full: it wants to see work first.
    private void work(Circuit from, WorkAsked wants, Moment now) throws MalformedPacketException {
        if (registered) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        byte[] wanted = token;
        if (wants.effort() > around.settings().mostWork() || ++works > MAX_WORKS) {
            from.close(CircuitEnd.RELEASED, now);
            return;
        }
        limit(WORK_NANOS, now, later -> from.close(CircuitEnd.RELEASED, later));
        BooleanSupplier still = () -> circuit == from && !registered;
        around.effects()
                .compute(new DoWork(
                        around,
                        wants,
                        still,
                        (done, later) ->
                                from.send(RelayMessage.onCircuit(RelayCommand.REGISTER, done.behind(wanted)))));
    }

    private void registered(Circuit from, Status status, Moment now) throws MalformedPacketException {
        if (registered) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        cancelTimer();
        if (status != Status.OK) {
            from.close(CircuitEnd.RELEASED, now);
            return;
        }
        registered = true;
        restarts = 0;
        from.keepAlive(now);
        serving.registered(this, now);
    }

    private void spliced(Circuit from, int stream) throws MalformedPacketException {
        if (!registered || splices.containsKey(stream) || splices.size() >= Serving.MAX_SPLICES) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        long id = table.next();
        splices.put(stream, new IncomingSplice(id, around, table, from, stream, () -> splices.remove(stream)));
        around.effects().spliceIncoming(id, serving.person(), SplicePath.ofReceiver(from.hopIds()));
    }

    @Override
    public void expired(Circuit old, Moment now) {
        serving.rotate(this, now);
    }

    @Override
    public void closed(Circuit dead, CircuitEnd reason, Moment now) {
        cancelTimer();
        boolean stood = registered;
        circuit = null;
        registered = false;
        endSplices();
        if (stood) {
            serving.lost(this, now);
        }
        restart(now);
    }

    private void endSplices() {
        new ArrayList<>(splices.values()).forEach(splice -> splice.ended(SpliceEnd.CIRCUIT_DIED));
        splices.clear();
    }

    private void restart(Moment now) {
        if (stopped) {
            return;
        }
        long pause = FIRST_PAUSE_NANOS << Math.min(restarts++, MAX_PAUSE_SHIFT);
        limit(around.jitter(pause / 2, pause), now, this::begin);
    }

    /// Ends the circuit, and begins no other.
    void stop(Moment now) {
        stopped = true;
        cancelTimer();
        supply.cancel(this);
        Circuit left = circuit;
        if (left != null) {
            left.close(CircuitEnd.RELEASED, now);
        }
    }

    boolean isStopped() {
        return stopped;
    }

    private void limit(long nanos, Moment now, Timers.Task task) {
        cancelTimer();
        timer = around.timers().at(now.nanos() + nanos, task);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
