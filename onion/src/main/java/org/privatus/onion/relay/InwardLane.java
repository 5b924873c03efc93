package org.privatus.onion.relay;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.flow.SendWindow;

/// Everything that goes towards the client of one circuit. Cells are sealed in the order in which they leave, and only
/// when they can leave: the cipher chains them. Own control messages and passing cells go first in, first out; bytes of
/// streams only when nothing else waits, round robin, and within the circuit's window.
///
/// Inputs only gather; {@link #pump}, called once when a turn is over, sends. Passing cells are sealed where they stand,
/// own ones are written into one run, so that a burst is a few runs and no cell has an object of its own.
final class InwardLane {
    /// More cells than that are never sealed at one go.
    static final int MAX_BATCH = 100;

    private final RelayCircuit circuit;
    private final Leg leg;
    private final RandomFill fill;
    private final RelaySettings settings;
    private final QueueBudget budget;
    private final SendWindow window;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(4);
    private final ArrayDeque<HopStream> withData = new ArrayDeque<>(1);
    private int queued;
    private @Nullable RelayHop hop;
    private @Nullable SealInward out;
    /// Taking from a stream may make its other end speak, and that one this: the outer turn sends both.
    private boolean pumping;

    /// How cells are to be treated.
    enum Treatment {
        /// They go as they are.
        PLAIN,
        /// They come from a hop beyond.
        PASSING,
        /// They carry messages of this relay.
        OWN
    }

    private sealed interface Waiting {
        long sinceNanos();
    }

    /// Cells of a run, `PLAIN` or `PASSING`.
    @SuppressWarnings("ArrayRecordComponent")
    private record Cells(byte[] run, int from, int to, Treatment treatment, long sinceNanos) implements Waiting {
        /// What is left from here on. It does not keep a run that is mostly gone: memory is counted in cells that wait.
        Cells from(int rest) {
            return 2 * (to - rest) > run.length
                    ? new Cells(run, rest, to, treatment, sinceNanos)
                    : new Cells(Arrays.copyOfRange(run, rest, to), 0, to - rest, treatment, sinceNanos);
        }
    }

    /// A control message of this relay.
    private record Control(RelayMessage message, long sinceNanos) implements Waiting {}

    InwardLane(RelayCircuit circuit, Leg leg, RandomFill fill, RelaySettings settings, QueueBudget budget) {
        this.circuit = circuit;
        this.leg = leg;
        this.fill = fill;
        this.settings = settings;
        this.budget = budget;
        this.window = new SendWindow(settings.window());
    }

    void opened(RelayHop opened) {
        this.hop = opened;
    }

    /// Cells that are not sealed.
    void plain(byte[] run, long nowNanos) {
        add(new Cells(run, 0, run.length, Treatment.PLAIN, nowNanos), run.length / ChannelCell.LENGTH);
    }

    /// Sealed cells from beyond.
    void pass(byte[] run, int from, int to, long nowNanos) {
        add(new Cells(run, from, to, Treatment.PASSING, nowNanos), (to - from) / ChannelCell.LENGTH);
    }

    /// A control message of this relay.
    void message(RelayMessage message, long nowNanos) {
        add(new Control(message, nowNanos), 1);
    }

    private void add(Waiting what, int cells) {
        waiting.add(what);
        queued += cells;
        budget.take(cells);
        circuit.touch();
        circuit.checkQueue(queued);
    }

    /// This stream has something to send.
    void hasData(HopStream stream) {
        if (!withData.contains(stream)) {
            withData.add(stream);
        }
        circuit.touch();
    }

    void acknowledged(byte[] sendme, long nowNanos) throws MalformedPacketException {
        window.acknowledged(sendme, nowNanos);
        circuit.touch();
    }

    long oldestNanos() {
        return waiting.isEmpty()
                ? Long.MAX_VALUE
                : Objects.requireNonNull(waiting.peekFirst()).sinceNanos();
    }

    /// Sends what can be sent.
    void pump(long nowNanos) {
        if (pumping) {
            return;
        }
        pumping = true;
        while (out == null && !circuit.isClosed() && leg.credit() > 0) {
            SealInward next = next(Math.min(leg.credit(), MAX_BATCH), nowNanos);
            if (next == null) {
                break;
            }
            if (next.cells() >= settings.batchCells()) {
                out = next;
                circuit.compute(next);
            } else {
                next.run();
                transmit(next, nowNanos);
            }
        }
        pumping = false;
    }

    private @Nullable SealInward next(int room, long nowNanos) {
        Waiting first = waiting.peekFirst();
        return first instanceof Cells cells ? passing(cells, room) : own(room, nowNanos);
    }

    private SealInward passing(Cells cells, int room) {
        waiting.removeFirst();
        int end = Math.min(cells.to, cells.from + room * ChannelCell.LENGTH);
        if (end < cells.to) {
            waiting.addFirst(cells.from(end));
        }
        release((end - cells.from) / ChannelCell.LENGTH);
        return new SealInward(this, hop, cells.treatment, cells.run, cells.from, end, 0);
    }

    private void release(int cells) {
        queued -= cells;
        budget.release(cells);
    }

    /// Own messages up to the next passing cell and, if there is none, bytes of streams, in one run.
    private @Nullable SealInward own(int room, long nowNanos) {
        int expected = Math.min(room, ownCells(room));
        if (expected == 0) {
            return null;
        }
        byte[] run = new byte[expected * ChannelCell.LENGTH];
        int at = 0;
        while (at < run.length && waiting.peekFirst() instanceof Control control) {
            waiting.removeFirst();
            release(1);
            run[at] = ChannelCell.RELAY;
            control.message.write(run, at, fill);
            at += ChannelCell.LENGTH;
        }
        if (waiting.isEmpty()) {
            at = fill(run, at, nowNanos);
        }
        if (at == 0) {
            return null;
        }
        byte[] filled = at == run.length ? run : Arrays.copyOf(run, at);
        return new SealInward(this, hop, Treatment.OWN, filled, 0, filled.length, window.untilMark());
    }

    /// How many cells of our own could go now; more than `enough` is not counted.
    private int ownCells(int enough) {
        int cells = 0;
        for (Waiting each : waiting) {
            if (!(each instanceof Control) || cells >= enough) {
                return cells;
            }
            cells++;
        }
        int data = 0;
        for (HopStream stream : withData) {
            if (cells + data >= enough) {
                break;
            }
            int ready = Math.min(stream.dataCells(), window.available() - data);
            data += ready;
            cells += ready == 0 && stream.hasSomething() && stream.dataCells() == 0 ? 1 : 0;
        }
        return cells + data;
    }

    private int fill(byte[] run, int from, long nowNanos) {
        int at = from;
        while (at < run.length && !withData.isEmpty()) {
            HopStream stream = withData.removeFirst();
            if (!stream.hasSomething()) {
                continue;
            }
            boolean data = stream.dataCells() > 0;
            if (data && window.available() == 0) {
                withData.addFirst(stream);
                break;
            }
            run[at] = ChannelCell.RELAY;
            stream.write(run, at, fill, nowNanos);
            at += ChannelCell.LENGTH;
            if (data) {
                window.reserve(1);
            }
            if (stream.hasSomething()) {
                withData.addLast(stream);
            }
        }
        return at;
    }

    /// A batch came back.
    void sealed(SealInward job, long nowNanos) {
        out = null;
        if (circuit.isClosed()) {
            job.erase();
            return;
        }
        transmit(job, nowNanos);
        circuit.touch();
    }

    private void transmit(SealInward job, long nowNanos) {
        if (job.dataCells() > 0) {
            window.sealed(job.dataCells(), job.tags(), nowNanos);
        }
        Leg source = job.treatment() == Treatment.PASSING ? circuit.outer() : null;
        leg.send(job.sealed(), job.from(), job.to(), source, nowNanos);
    }

    /// Forgets all. A job that is out is erased when it returns.
    void close() {
        release(queued);
        waiting.clear();
        withData.clear();
    }

    boolean isSealing() {
        return out != null;
    }
}
