package org.privatus.onion.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.onion.cell.Fragments;
import org.privatus.onion.cell.Fragments.Kind;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.Status;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.path.PathWish;

/// One DHT operation of a person: executed by the last hops of two circuits, which differ, and which serve nothing else
/// afterwards, so that nobody sees two operations of one asker. Ends when both have answered, when time is up, or a
/// second after the first positive answer.
final class DhtExchange {
    private static final int STREAM = 1;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Surroundings around;
    private final CircuitSupply supply;
    private final Request request;
    private final BiConsumer<DhtExchange, Moment> done;
    private final List<Leg> legs = List.of(new Leg(), new Leg());
    private final List<byte[]> records = new ArrayList<>();
    private int positive;
    private boolean finished;
    private @Nullable Timer timer;

    /// What is asked of the last hops.
    sealed interface Request {
        record Get(NodeId target) implements Request {}

        @SuppressWarnings("ArrayRecordComponent")
        record Put(byte[] record) implements Request {}
    }

    DhtExchange(Surroundings around, CircuitSupply supply, Request request, BiConsumer<DhtExchange, Moment> done) {
        this.around = around;
        this.supply = supply;
        this.request = request;
        this.done = done;
    }

    void begin(Moment now) {
        timer = around.timers()
                .at(now.nanos() + around.settings().lookupTimeout().toNanos(), this::finish);
        legs.forEach(leg -> supply.want(leg, now));
    }

    /// Records that came, unverified; at most one of each circuit.
    List<byte[]> records() {
        return records;
    }

    /// Circuits that brought a record, or report it stored.
    int positive() {
        return positive;
    }

    /// Forgets the operation; nobody hears of it again.
    void abandon(Moment now) {
        finished = true;
        end(now);
    }

    private void answered(Leg leg, boolean positively, Moment now) {
        leg.done = true;
        positive += positively ? 1 : 0;
        if (legs.stream().allMatch(each -> each.done)) {
            finish(now);
        } else if (positively && timer != null) {
            timer.cancel();
            timer = around.timers().at(now.nanos() + GRACE_NANOS, this::finish);
        }
    }

    private void finish(Moment now) {
        if (!finished) {
            finished = true;
            end(now);
            done.accept(this, now);
        }
    }

    private void end(Moment now) {
        if (timer != null) {
            timer.cancel();
        }
        legs.forEach(leg -> leg.end(now));
    }

    /// One of the two ways.
    private final class Leg extends Demand {
        private @Nullable Circuit circuit;
        private boolean done;
        private boolean tried;

        @Override
        PathWish wish() {
            SortedSet<NodeKey> taken = new TreeSet<>();
            legs.stream()
                    .filter(other -> other != this && !other.plannedHops().isEmpty())
                    .forEach(other -> taken.add(other.plannedHops().getLast()));
            return PathWish.of(around.settings().hops()).avoidingLast(taken);
        }

        @Override
        public CircuitPurpose purpose() {
            return CircuitPurpose.LOOKUP;
        }

        @Override
        void given(Circuit given, boolean spare, Moment now) {
            circuit = given;
            switch (request) {
                case Request.Get get ->
                    given.send(RelayMessage.onStream(
                            RelayCommand.DHT_GET, STREAM, get.target().toBytes()));
                case Request.Put put ->
                    Fragments.messages(Kind.DHT_PUT, RelayCommand.DHT_PUT, STREAM, put.record())
                            .forEach(given::send);
            }
        }

        @Override
        void unmet(Moment now) {
            if (!done) {
                answered(this, false, now);
            }
        }

        @Override
        public void message(Circuit from, RelayMessage message, Moment now) throws MalformedPacketException {
            if (message.command() == RelayCommand.DHT_GOT && request instanceof Request.Get) {
                Optional<byte[]> payload = from.gather(Kind.DHT_GOT, message, now);
                if (payload.isPresent()) {
                    got(payload.get(), now);
                }
            } else if (message.command() == RelayCommand.DHT_STORED && request instanceof Request.Put) {
                leave(Status.of(message.body()) == Status.OK, now);
            } else {
                throw new MalformedPacketException(Reason.UNEXPECTED);
            }
        }

        private void got(byte[] payload, Moment now) throws MalformedPacketException {
            boolean found = Status.of(payload) == Status.OK;
            if (found) {
                records.add(Arrays.copyOfRange(payload, 1, payload.length));
            }
            leave(found, now);
        }

        private void leave(boolean positively, Moment now) {
            Circuit used = circuit;
            answered(this, positively, now);
            if (used != null) {
                used.close(CircuitEnd.RELEASED, now);
            }
        }

        @Override
        public void closed(Circuit from, CircuitEnd reason, Moment now) {
            if (done || finished) {
                return;
            }
            circuit = null;
            if (tried) {
                answered(this, false, now);
            } else {
                tried = true;
                supply.want(this, now);
            }
        }

        private void end(Moment now) {
            done = true;
            supply.cancel(this);
            if (circuit != null) {
                circuit.close(CircuitEnd.RELEASED, now);
            }
        }
    }
}
