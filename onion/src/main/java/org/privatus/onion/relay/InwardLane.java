package org.privatus.onion.relay;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.flow.SendWindow;

/// Everything that goes towards the client of one circuit. Cells are sealed in the order in which they leave, and only
/// when they can leave: the cipher chains them. Own control messages and passing cells go first in, first out; bytes of
/// splices only when nothing else waits, round robin, and within the circuit's window.
final class InwardLane {
    /// From so many cells on sealing is a job.
    static final int BATCH = 32;

    private final RelayCircuit circuit;
    private final Leg leg;
    private final SecureRandom fill;
    private final QueueBudget budget;
    private final SendWindow window = new SendWindow();
    private final ArrayDeque<Item> waiting = new ArrayDeque<>();
    private final ArrayDeque<JoinEnd> withData = new ArrayDeque<>();
    private @Nullable RelayHop hop;
    private @Nullable SealInward out;
    /// Taking from a splice may make its other end speak, and that one this: the outer turn sends both.
    private boolean pumping;

    /// How a cell is to be treated.
    enum Kind {
        /// Goes as it is.
        PLAIN,
        /// Comes from a hop beyond.
        PASSING,
        /// Carries a message of this relay.
        OWN,
        /// The same, and counts against the window.
        OWN_DATA
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Item(byte[] cell, Kind kind, long sinceNanos) {}

    InwardLane(RelayCircuit circuit, Leg leg, SecureRandom fill, QueueBudget budget) {
        this.circuit = circuit;
        this.leg = leg;
        this.fill = fill;
        this.budget = budget;
    }

    void opened(RelayHop hop) {
        this.hop = hop;
    }

    /// A cell that is not sealed.
    void plain(byte[] cell, long nowNanos) {
        add(new Item(cell, Kind.PLAIN, nowNanos), nowNanos);
    }

    /// A sealed cell from beyond.
    void pass(byte[] cell, long nowNanos) {
        add(new Item(cell, Kind.PASSING, nowNanos), nowNanos);
    }

    /// A control message of this relay.
    void message(RelayMessage message, long nowNanos) {
        add(new Item(ChannelCell.of(ChannelCell.RELAY, message, fill), Kind.OWN, nowNanos), nowNanos);
    }

    private void add(Item item, long nowNanos) {
        waiting.add(item);
        budget.take(1);
        pump(nowNanos);
        circuit.checkQueue(waiting.size());
    }

    /// This end of a splice has something to send.
    void hasData(JoinEnd end, long nowNanos) {
        if (!withData.contains(end)) {
            withData.add(end);
        }
        pump(nowNanos);
    }

    void acknowledged(byte[] sendme, long nowNanos) throws MalformedPacketException {
        window.acknowledged(sendme);
        pump(nowNanos);
    }

    long oldestNanos() {
        return waiting.isEmpty() ? Long.MAX_VALUE : Objects.requireNonNull(waiting.peekFirst()).sinceNanos;
    }

    /// Sends what can be sent.
    void pump(long nowNanos) {
        if (pumping) {
            return;
        }
        pumping = true;
        while (out == null && !circuit.isClosed()) {
            List<Item> batch = collect(nowNanos);
            if (batch.isEmpty()) {
                break;
            }
            SealInward job = new SealInward(this, hop, batch);
            if (batch.size() >= BATCH) {
                out = job;
                circuit.compute(job);
            } else {
                job.run();
                transmit(job, nowNanos);
            }
        }
        pumping = false;
    }

    private List<Item> collect(long nowNanos) {
        List<Item> batch = new ArrayList<>();
        int room = leg.credit();
        while (batch.size() < room && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
            budget.release(1);
        }
        while (batch.size() < room && !withData.isEmpty()) {
            JoinEnd end = withData.removeFirst();
            if (!end.hasSomething()) {
                continue;
            }
            if (end.nextIsData() && window.available() == 0) {
                withData.addFirst(end);
                break;
            }
            end.next(nowNanos).ifPresent(message -> batch.add(item(message, nowNanos)));
            if (end.hasSomething()) {
                withData.addLast(end);
            }
        }
        return batch;
    }

    private Item item(RelayMessage message, long nowNanos) {
        boolean counts = message.command() == RelayCommand.DATA;
        if (counts) {
            window.reserve();
        }
        byte[] cell = ChannelCell.of(ChannelCell.RELAY, message, fill);
        return new Item(cell, counts ? Kind.OWN_DATA : Kind.OWN, nowNanos);
    }

    /// A batch came back.
    void sealed(SealInward job, long nowNanos) {
        out = null;
        if (circuit.isClosed()) {
            job.erase();
            return;
        }
        transmit(job, nowNanos);
        pump(nowNanos);
    }

    private void transmit(SealInward job, long nowNanos) {
        for (byte[] tag : job.dataTags()) {
            window.sealed(tag);
        }
        for (Item item : job.items()) {
            leg.send(item.cell(), nowNanos);
        }
    }

    /// Forgets all. A job that is out is erased when it returns.
    void close() {
        budget.release(waiting.size());
        waiting.clear();
        withData.clear();
    }

    boolean isSealing() {
        return out != null;
    }
}
