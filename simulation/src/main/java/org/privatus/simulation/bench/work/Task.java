package org.privatus.simulation.bench.work;

import java.util.ArrayList;
import java.util.List;

/// The measuring side of one piece of work. It is asked for bytes as long as there is room for them, and told what arrives; it is done when the last byte
/// that it waits for has arrived.
public final class Task {
    private static final int CHUNK = 16_384;
    private static final int LENGTH_BYTES = 2;
    private static final byte[] NOTHING = {};

    private final Work work;
    private final List<Long> latencies = new ArrayList<>();
    private boolean begun;
    private long begunNanos;
    private long sent;
    private long expected;
    private long pingSentNanos;
    private long doneNanos;

    public Task(Work work) {
        this.work = work;
        this.expected = switch (work.kind()) {
            case SINK, MESSAGES -> 1;
            case SOURCE, ECHO -> work.bytes();
        };
    }

    /// One whose other side knows already what is to be done: the kind of work is not said on the stream.
    public static Task begun(Work work, long nowNanos) {
        var task = new Task(work);
        task.begun = true;
        task.begunNanos = nowNanos;
        return task;
    }

    public Work work() {
        return work;
    }

    /// What is to be sent now: at most `room` bytes, and a whole message or nothing; empty when there is nothing to send, or too little room.
    public byte[] next(int room, long nowNanos) {
        if (!begun) {
            return room < Header.LENGTH ? NOTHING : begin(nowNanos);
        }
        return switch (work.kind()) {
            case SINK -> take((int) Math.min(room, Math.min(CHUNK, work.amount() - sent)));
            case SOURCE -> NOTHING;
            case ECHO -> nextPing(room, nowNanos);
            case MESSAGES -> nextMessage(room);
        };
    }

    private byte[] begin(long nowNanos) {
        begun = true;
        begunNanos = nowNanos;
        return Header.write(work);
    }

    private byte[] take(int bytes) {
        sent += bytes;
        return bytes == 0 ? NOTHING : new byte[bytes];
    }

    private byte[] nextPing(int room, long nowNanos) {
        boolean answered = sent == work.bytes() - expected;
        if (!answered || sent == work.bytes() || room < work.size()) {
            return NOTHING;
        }
        pingSentNanos = nowNanos;
        return take(work.size());
    }

    private byte[] nextMessage(int room) {
        if (sent == work.bytes() || room < LENGTH_BYTES + work.size()) {
            return NOTHING;
        }
        sent += work.size();
        var message = new byte[LENGTH_BYTES + work.size()];
        message[0] = (byte) (work.size() >>> Byte.SIZE);
        message[1] = (byte) work.size();
        return message;
    }

    /// More than was asked for is a defect of whatever carries the bytes.
    public void received(int bytes, long nowNanos) {
        if (bytes > expected) {
            throw new IllegalStateException(bytes + " bytes where " + expected + " are due");
        }
        if (bytes == 0) {
            return;
        }
        expected -= bytes;
        if (work.kind() == Work.Kind.ECHO && expected == work.bytes() - sent) {
            latencies.add(nowNanos - pingSentNanos);
        }
        if (expected == 0) {
            doneNanos = nowNanos;
        }
    }

    /// Whether nothing is left to be sent.
    public boolean isSent() {
        return begun && sent == work.bytes();
    }

    public boolean isDone() {
        return expected == 0;
    }

    public Outcome outcome() {
        return new Outcome(doneNanos - begunNanos, work.bytes(), latencies);
    }
}
