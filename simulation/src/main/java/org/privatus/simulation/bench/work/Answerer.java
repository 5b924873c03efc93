package org.privatus.simulation.bench.work;

/// The other side of pieces of work that come one after the other on a stream. Like [Task] it is asked for bytes and told what arrives.
public final class Answerer {
    private static final int CHUNK = 16_384;
    private static final int LENGTH_BYTES = 2;
    private static final byte[] NOTHING = {};

    private final byte[] header = new byte[Header.LENGTH];
    private int headerLength;
    private long left;
    private Work.Kind kind = Work.Kind.SINK;
    private boolean working;

    /// Of the message that is arriving: bytes of its length that are here, the length, and bytes of the body that are missing.
    private int lengthBytes;

    private int length;
    private int missing;

    /// Bytes that are to be sent.
    private long owed;

    public void received(byte[] bytes, int offset, int count) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            at = working ? work(bytes, at, end) : readHeader(bytes, at, end);
        }
    }

    private int readHeader(byte[] bytes, int at, int end) {
        int count = Math.min(end - at, Header.LENGTH - headerLength);
        System.arraycopy(bytes, at, header, headerLength, count);
        headerLength += count;
        if (headerLength == Header.LENGTH) {
            begin(Header.read(header));
        }
        return at + count;
    }

    private void begin(Work work) {
        headerLength = 0;
        kind = work.kind();
        if (kind == Work.Kind.SOURCE) {
            owed += work.amount();
        } else {
            working = true;
            left = kind == Work.Kind.MESSAGES ? work.amount() : work.bytes();
        }
    }

    private int work(byte[] bytes, int at, int end) {
        return switch (kind) {
            case SINK -> count(at, end, 0);
            case ECHO -> count(at, end, Math.min(end - at, left));
            case MESSAGES -> readMessage(bytes, at, end);
            case SOURCE -> throw new IllegalStateException("a source takes nothing");
        };
    }

    private int count(int at, int end, long answer) {
        int taken = (int) Math.min(end - at, left);
        left -= taken;
        owed += answer;
        endIfDone();
        return at + taken;
    }

    private void endIfDone() {
        if (left == 0) {
            working = false;
            owed += kind == Work.Kind.ECHO ? 0 : 1;
        }
    }

    private int readMessage(byte[] bytes, int at, int end) {
        if (lengthBytes < LENGTH_BYTES) {
            length = (length << Byte.SIZE) | (bytes[at] & 0xff);
            lengthBytes++;
            missing = length;
            return at + 1;
        }
        int taken = Math.min(end - at, missing);
        missing -= taken;
        if (missing == 0) {
            lengthBytes = 0;
            length = 0;
            left--;
            endIfDone();
        }
        return at + taken;
    }

    /// What is to be sent now, at most `room` bytes; empty for nothing.
    public byte[] next(int room) {
        int count = (int) Math.min(Math.min(room, CHUNK), owed);
        owed -= count;
        return count == 0 ? NOTHING : new byte[count];
    }
}
