package org.privatus.onion.circuit;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.StreamEnd;

/// What waits to be sent on one stream of an own circuit, cut into cells when it goes.
final class SpliceStream {
    private final int id;
    private final int capacity;
    private final Listener listener;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private int firstOffset;
    private int buffered;
    private boolean held;
    private boolean lowered;
    private @Nullable StreamEnd ending;
    private boolean ended;

    /// Told while cells are being made: it must not touch the circuit.
    interface Listener {
        /// There is room again, after there was little.
        void writable(int room);

        /// END is on its way.
        void ended();
    }

    SpliceStream(int id, int capacity, Listener listener) {
        this.id = id;
        this.capacity = capacity;
        this.listener = listener;
    }

    int id() {
        return id;
    }

    /// Bytes that may be written now.
    int room() {
        return ended || ending != null ? 0 : capacity - buffered;
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

    /// Ends the stream when everything written is sent.
    void end(StreamEnd reason) {
        ending = reason;
    }

    void hold(boolean stop) {
        held = stop;
    }

    boolean hasSomething() {
        return !held && !ended && (buffered > 0 || ending != null);
    }

    /// Whether what comes next counts against the window.
    boolean nextIsData() {
        return buffered > 0;
    }

    boolean isEnded() {
        return ended;
    }

    /// The next message of this stream, if there is one.
    Optional<RelayMessage> next() {
        StreamEnd reason = ending;
        if (buffered > 0) {
            return Optional.of(RelayMessage.onStream(RelayCommand.DATA, id, take()));
        }
        if (reason == null || ended) {
            return Optional.empty();
        }
        ended = true;
        listener.ended();
        return Optional.of(RelayMessage.onStream(RelayCommand.END, id, reason.toBytes()));
    }

    private byte[] take() {
        byte[] body = new byte[Math.min(buffered, RelayMessage.MAX_STREAM_BODY)];
        int at = 0;
        while (at < body.length) {
            byte[] first = waiting.getFirst();
            int length = Math.min(body.length - at, first.length - firstOffset);
            System.arraycopy(first, firstOffset, body, at, length);
            at += length;
            firstOffset += length;
            if (firstOffset == first.length) {
                waiting.removeFirst();
                firstOffset = 0;
            }
        }
        buffered -= body.length;
        if (lowered && buffered <= capacity / 2) {
            lowered = false;
            listener.writable(room());
        }
        return body;
    }
}
