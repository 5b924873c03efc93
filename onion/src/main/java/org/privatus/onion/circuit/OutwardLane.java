package org.privatus.onion.circuit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.ClientCircuitCrypto;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.circuit.SealOutward.Outgoing;
import org.privatus.onion.flow.SendWindow;

/// Everything that leaves on one own circuit. Cells are sealed in the order in which they leave, and only when there is
/// credit for them: the cipher chains them. Control messages go first; bytes of splices when nothing else waits, round
/// robin, and within the circuit's window. Batches of 32 cells and more are jobs.
final class OutwardLane {
    private static final int BATCH = 32;
    private static final int MAX_CONTROL = 1_024;

    private final long channel;
    private final Surroundings around;
    private final ClientCircuitCrypto crypto;
    private final SendWindow window = new SendWindow();
    private final ArrayDeque<Control> control = new ArrayDeque<>();
    private final TreeMap<Integer, SpliceStream> streams = new TreeMap<>();
    private final ArrayDeque<SpliceStream> withData = new ArrayDeque<>();
    private @Nullable SealOutward sealing;
    private int credit;
    private boolean closed;
    private long cellsSent;

    private record Control(RelayMessage message, int cellCommand) {}

    OutwardLane(long channel, Surroundings around, ClientCircuitCrypto crypto) {
        this.channel = channel;
        this.around = around;
        this.crypto = crypto;
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
        pump();
    }

    void acknowledged(byte[] sendme) throws MalformedPacketException {
        window.acknowledged(sendme);
        pump();
    }

    /// Sends a cell that is not sealed; there must be credit.
    void plain(byte[] cell) {
        credit--;
        transmit(cell);
    }

    /// Sends a control message to the last hop.
    void control(RelayMessage message, int cellCommand) {
        control.add(new Control(message, cellCommand));
        pump();
    }

    // ---- streams

    SpliceStream openStream(int id, SpliceStream.Listener listener) {
        SpliceStream stream = new SpliceStream(id, around.settings().spliceBufferBytes(), listener);
        streams.put(id, stream);
        return stream;
    }

    void dropStream(int id) {
        SpliceStream stream = streams.remove(id);
        if (stream != null) {
            withData.remove(stream);
        }
    }

    void flush(SpliceStream stream) {
        if (!withData.contains(stream) && stream.hasSomething()) {
            withData.add(stream);
        }
        pump();
    }

    void hold(int id, boolean stop) {
        SpliceStream stream = streams.get(id);
        if (stream != null) {
            stream.hold(stop);
            flush(stream);
        }
    }

    // ---- cells

    private void pump() {
        while (sealing == null && !closed && credit > 0) {
            List<Outgoing> batch = collect();
            if (batch.isEmpty()) {
                return;
            }
            credit -= batch.size();
            SealOutward job = new SealOutward(this, crypto, batch);
            if (batch.size() >= BATCH) {
                sealing = job;
                around.effects().compute(job);
            } else {
                job.run();
                transmit(job);
            }
        }
    }

    private List<Outgoing> collect() {
        List<Outgoing> batch = new ArrayList<>();
        while (batch.size() < credit && !control.isEmpty()) {
            Control next = control.removeFirst();
            batch.add(outgoing(next.message, next.cellCommand));
        }
        while (batch.size() < credit && !withData.isEmpty()) {
            SpliceStream stream = withData.removeFirst();
            if (stream.nextIsData() && window.available() == 0) {
                withData.addFirst(stream);
                break;
            }
            if (stream.hasSomething()) {
                stream.next().ifPresent(message -> batch.add(outgoing(message, ChannelCell.RELAY)));
                withData.addLast(stream);
            }
            if (stream.isEnded()) {
                dropStream(stream.id());
            }
        }
        return batch;
    }

    private Outgoing outgoing(RelayMessage message, int cellCommand) {
        boolean counted = message.command() == RelayCommand.DATA;
        if (counted) {
            window.reserve();
        }
        return new Outgoing(ChannelCell.of(cellCommand, message, around.keys()), crypto.hops() - 1, counted);
    }

    /// A batch came back.
    void sealed(SealOutward job) {
        sealing = null;
        if (closed) {
            job.erase();
            return;
        }
        transmit(job);
        pump();
    }

    private void transmit(SealOutward job) {
        job.dataTags().forEach(window::sealed);
        job.cells().forEach(next -> transmit(next.cell()));
    }

    private void transmit(byte[] cell) {
        cellsSent++;
        around.effects().sendCell(channel, cell);
    }

    /// Forgets all. A job that is out erases the keys when it returns.
    void close() {
        closed = true;
        control.clear();
        withData.clear();
        streams.clear();
    }
}
