package org.privatus.onion.circuit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.ClientCircuitCrypto;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.flow.SendWindow;

/// Everything that leaves on one own circuit. Cells are sealed in the order in which they leave, and only when there is
/// credit for them: the cipher chains them. Control messages go first; bytes of streams when nothing else waits, round
/// robin, and within the circuit's window.
///
/// Inputs only gather. When the turn is over, all that may leave is written into one run and sealed there.
final class OutwardLane {
    private static final int MAX_BATCH = 100;
    private static final int MAX_CONTROL = 1_024;

    private final long channel;
    private final Surroundings around;
    private final ClientCircuitCrypto crypto;
    private final SendWindow window;
    private final ArrayDeque<Control> control = new ArrayDeque<>(4);
    private final TreeMap<Integer, OutwardStream> streams = new TreeMap<>();
    private final ArrayDeque<OutwardStream> withData = new ArrayDeque<>(1);
    private @Nullable SealOutward sealing;
    private int credit;
    private boolean touched;
    private boolean pumping;
    private boolean closed;
    private long cellsSent;

    private record Control(RelayMessage message, int cellCommand) {}

    OutwardLane(long channel, Surroundings around, ClientCircuitCrypto crypto) {
        this.channel = channel;
        this.around = around;
        this.crypto = crypto;
        this.window = new SendWindow(around.settings().window());
    }

    int credit() {
        return credit;
    }

    long cellsSent() {
        return cellsSent;
    }

    boolean isSealing() {
        return sealing != null;
    }

    /// Whether more waits than an honest last hop can make us say.
    boolean isOverfull() {
        return control.size() > MAX_CONTROL;
    }

    void credited(int cells) {
        credit += cells;
        touch();
    }

    void acknowledged(byte[] sendme, long nowNanos) throws MalformedPacketException {
        window.acknowledged(sendme, nowNanos);
        touch();
    }

    /// Sends cells that are not sealed; there must be credit.
    void plain(byte[] run) {
        transmit(run);
    }

    /// Sends a control message to the last hop.
    void control(RelayMessage message, int cellCommand) {
        control.add(new Control(message, cellCommand));
        touch();
    }

    // ---- streams

    OutwardStream openStream(int id, OutwardStream.Listener listener) {
        OutwardStream stream = new OutwardStream(id, around.settings().spliceBufferBytes(), listener);
        streams.put(id, stream);
        return stream;
    }

    void dropStream(int id) {
        OutwardStream stream = streams.remove(id);
        if (stream != null) {
            withData.remove(stream);
        }
    }

    void flush(OutwardStream stream) {
        if (!withData.contains(stream) && stream.hasSomething()) {
            withData.add(stream);
        }
        touch();
    }

    void hold(int id, boolean stop) {
        OutwardStream stream = streams.get(id);
        if (stream != null) {
            stream.hold(stop);
            flush(stream);
        }
    }

    // ---- cells

    private void touch() {
        if (!touched) {
            touched = true;
            around.turn().add(this);
        }
    }

    void endTurn(long nowNanos) {
        touched = false;
        pump(nowNanos);
    }

    /// Sends what may leave.
    void pump(long nowNanos) {
        if (pumping) {
            return;
        }
        pumping = true;
        while (sealing == null && !closed && credit > 0) {
            byte[] run = collect(Math.min(credit, MAX_BATCH));
            if (run.length == 0) {
                break;
            }
            seal(run, nowNanos);
        }
        pumping = false;
    }

    private void seal(byte[] run, long nowNanos) {
        SealOutward job = new SealOutward(this, crypto, crypto.hops() - 1, run, window.untilMark());
        if (job.cells() >= around.settings().batchCells()) {
            sealing = job;
            around.effects().compute(job);
        } else {
            job.run();
            transmit(job, nowNanos);
        }
    }

    private byte[] collect(int room) {
        int expected = Math.min(room, control.size() + streamCells(room));
        byte[] run = new byte[expected * ChannelCell.LENGTH];
        int at = 0;
        while (at < run.length && !control.isEmpty()) {
            Control next = control.removeFirst();
            run[at] = (byte) next.cellCommand;
            next.message.write(run, at, around.fill());
            at += ChannelCell.LENGTH;
        }
        at = fill(run, at);
        return at == run.length ? run : Arrays.copyOf(run, at);
    }

    /// How many cells of streams could go now; more than `enough` is not counted.
    private int streamCells(int enough) {
        int data = 0;
        int others = 0;
        for (OutwardStream stream : withData) {
            if (data + others >= enough) {
                break;
            }
            data += Math.min(stream.dataCells(), window.available() - data);
            others += stream.hasSomething() ? 1 : 0;
        }
        return data + others;
    }

    private int fill(byte[] run, int from) {
        int at = from;
        while (at < run.length && !withData.isEmpty()) {
            OutwardStream stream = withData.removeFirst();
            boolean data = stream.nextIsData();
            if (data && window.available() == 0) {
                withData.addFirst(stream);
                break;
            }
            if (stream.hasSomething()) {
                run[at] = ChannelCell.RELAY;
                stream.write(run, at, around.fill());
                at += ChannelCell.LENGTH;
                if (data) {
                    window.reserve(1);
                }
            }
            if (stream.isEnded()) {
                dropStream(stream.id());
            } else if (stream.hasSomething()) {
                withData.addLast(stream);
            }
        }
        return at;
    }

    /// A batch came back.
    void sealed(SealOutward job, long nowNanos) {
        sealing = null;
        if (closed) {
            job.erase();
            return;
        }
        transmit(job, nowNanos);
        touch();
    }

    private void transmit(SealOutward job, long nowNanos) {
        if (job.dataCells() > 0) {
            window.sealed(job.dataCells(), job.tags(), nowNanos);
        }
        transmit(job.sealed());
    }

    private void transmit(byte[] run) {
        int cells = run.length / ChannelCell.LENGTH;
        credit -= cells;
        cellsSent += cells;
        around.effects().sendCells(channel, run);
    }

    /// Forgets all. A job that is out erases the keys when it returns.
    void close() {
        closed = true;
        control.clear();
        withData.clear();
        streams.clear();
    }
}
