package org.privatus.onion.relay;

import java.util.Arrays;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.stream.StreamRequest;

/// A stream whose bytes are counted and forgotten, or made up: nothing of it is kept.
final class MeasuringStream implements HopStream {
    private final RelayCircuit circuit;
    private final int stream;
    private final Runnable gone;
    private final boolean source;
    private long left;
    private boolean held;
    private boolean done;
    private boolean removed;

    /// @param gone run once when the stream is no more
    MeasuringStream(RelayCircuit circuit, int stream, StreamRequest request, Runnable gone) {
        this.circuit = circuit;
        this.stream = stream;
        this.gone = gone;
        this.source = request.kind() == StreamRequest.Kind.SOURCE;
        this.left = request.amount();
        this.done = source;
    }

    @Override
    public int id() {
        return stream;
    }

    @Override
    public void received(RelayMessage data, long nowNanos) {
        left -= source ? 0 : data.bodyLength();
        if (left < 0 || source) {
            circuit.streams().end(this, StreamEnd.OVERFLOW, nowNanos);
        }
    }

    @Override
    public void finished(long nowNanos) {
        if (!source) {
            done = true;
            circuit.inward().hasData(this);
        }
    }

    @Override
    public void ended(StreamEnd reason, long nowNanos) {}

    @Override
    public void cut(long nowNanos) {}

    @Override
    public void hold(boolean stop) {
        held = stop;
        if (!stop) {
            circuit.inward().hasData(this);
        }
    }

    @Override
    public boolean hasSomething() {
        return done && !removed && !held;
    }

    @Override
    public int dataCells() {
        long cells = (left + RelayMessage.MAX_STREAM_BODY - 1) / RelayMessage.MAX_STREAM_BODY;
        return source && !held ? (int) Math.min(cells, Integer.MAX_VALUE) : 0;
    }

    @Override
    public void write(byte[] run, int offset, RandomFill fill, long nowNanos) {
        if (!source || left == 0) {
            circuit.streams().forget(this);
            RelayMessage.onStream(RelayCommand.END, stream, StreamEnd.DONE.toBytes())
                    .write(run, offset, fill);
            return;
        }
        int length = (int) Math.min(left, RelayMessage.MAX_STREAM_BODY);
        left -= length;
        int at = RelayMessage.writeHeader(run, offset, RelayCommand.DATA, stream, length);
        Arrays.fill(run, at, at + length, (byte) stream);
        RelayMessage.finish(run, offset, at + length, fill);
    }

    @Override
    public long oldestNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void remove() {
        if (!removed) {
            removed = true;
            gone.run();
        }
    }
}
