package org.privatus.onion.circuit;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.StreamEnd;

/// What waits to be sent on one stream of an own circuit, cut into cells when it goes.
final class OutwardStream {
    private final int id;
    private final int capacity;
    private final Listener listener;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(2);
    private int firstOffset;
    private int buffered;
    private boolean held;
    private boolean lowered;
    private Finish finish = Finish.NONE;
    private @Nullable StreamEnd ending;
    private boolean ended;

    /// Whether we have said that we send no more.
    private enum Finish {
        NONE,
        OWED,
        SAID
    }

    /// Told while cells are being made: it must not touch the circuit.
    interface Listener {
        /// There is room again, after there was little.
        void writable(int room);

        /// END is on its way.
        void ended();
    }

    OutwardStream(int id, int capacity, Listener listener) {
        this.id = id;
        this.capacity = capacity;
        this.listener = listener;
    }

    int id() {
        return id;
    }

    /// Bytes that may be written now.
    int room() {
        return ended || ending != null || finish != Finish.NONE ? 0 : capacity - buffered;
    }

    /// Takes over `bytes`.
    void write(byte[] bytes) {
        if (bytes.length > room()) {
            throw new IllegalStateException(bytes.length + " bytes for room of " + room());
        }
        if (bytes.length > 0) {
            waiting.add(bytes);
            buffered += bytes.length;
            lowered |= buffered > capacity / 2;
        }
    }

    /// Says that no more comes when everything written is sent; the other side may still send.
    void finish() {
        if (finish == Finish.NONE) {
            finish = Finish.OWED;
        }
    }

    /// Ends the stream when everything written is sent.
    void end(StreamEnd reason) {
        ending = reason;
    }

    /// Ends the stream with the next cell: what was written and is not sent is forgotten.
    void reset(StreamEnd reason) {
        waiting.clear();
        buffered = 0;
        firstOffset = 0;
        held = false;
        ending = reason;
    }

    void hold(boolean stop) {
        held = stop;
    }

    boolean hasSomething() {
        return !held && !ended && (buffered > 0 || finish == Finish.OWED || ending != null);
    }

    /// Whether what comes next counts against the window.
    boolean nextIsData() {
        return buffered > 0;
    }

    /// DATA messages that could go now.
    int dataCells() {
        return held ? 0 : (buffered + RelayMessage.MAX_STREAM_BODY - 1) / RelayMessage.MAX_STREAM_BODY;
    }

    boolean isEnded() {
        return ended;
    }

    /// Writes the next message behind the tag of the cell that begins at `offset`; there must be something.
    void write(byte[] run, int offset, RandomFill fill) {
        StreamEnd reason = ending;
        if (buffered > 0) {
            writeData(run, offset, fill);
        } else if (reason != null) {
            ended = true;
            listener.ended();
            RelayMessage.onStream(RelayCommand.END, id, reason.toBytes()).write(run, offset, fill);
        } else {
            finish = Finish.SAID;
            RelayMessage.onStream(RelayCommand.END_SENDING, id, new byte[0]).write(run, offset, fill);
        }
    }

    private void writeData(byte[] run, int offset, RandomFill fill) {
        int length = Math.min(buffered, RelayMessage.MAX_STREAM_BODY);
        int at = RelayMessage.writeHeader(run, offset, RelayCommand.DATA, id, length);
        take(run, at, length);
        RelayMessage.finish(run, offset, at + length, fill);
        if (lowered && buffered <= capacity / 2) {
            lowered = false;
            listener.writable(room());
        }
    }

    private void take(byte[] run, int offset, int wanted) {
        int at = offset;
        int end = offset + wanted;
        while (at < end) {
            byte[] first = waiting.getFirst();
            int length = Math.min(end - at, first.length - firstOffset);
            System.arraycopy(first, firstOffset, run, at, length);
            at += length;
            firstOffset += length;
            if (firstOffset == first.length) {
                waiting.removeFirst();
                firstOffset = 0;
            }
        }
        buffered -= wanted;
    }
}
