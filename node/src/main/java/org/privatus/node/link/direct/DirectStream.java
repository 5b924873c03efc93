package org.privatus.node.link.direct;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// One end of a stream of bytes on a direct channel.
///
/// **Sending.** [#send] takes at most [#room] bytes, which wait until [#takeRun] makes cells of them within the channel's credit. Small pieces that wait
/// together share cells. **Receiving.** [#received] gives the bytes of a run; the peer may send as many more cells when whoever takes them has done with
/// them, which is its owner's to say.
public final class DirectStream {
    /// Bytes that may wait here.
    public static final int BUFFER_BYTES = 1 << 20;

    /// Bytes of a cell that are the stream's.
    public static final int CELL_BYTES = 510;

    private static final int CELL_LENGTH = 512;
    private static final int LENGTH_BYTES = 2;

    /// Cells of one run: more are taken in the next.
    private static final int RUN_CELLS_MAX = 128;

    private static final byte[] NOTHING = {};
    private static final byte[] ZEROS = new byte[CELL_BYTES];

    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private int headTaken;
    private int waitingBytes;
    private int credit;

    /// So many more cells may be sent.
    public void credited(int cells) {
        credit += cells;
    }

    /// Bytes that [#send] takes now.
    public int room() {
        return BUFFER_BYTES - waitingBytes;
    }

    /// Puts bytes at the end of the stream. The array is given away.
    ///
    /// @throws IllegalArgumentException if there is too little room
    public void send(byte[] bytes) {
        if (bytes.length > room()) {
            throw new IllegalArgumentException(bytes.length + " bytes for room of " + room());
        }
        if (bytes.length > 0) {
            waiting.addLast(bytes);
            waitingBytes += bytes.length;
        }
    }

    /// The next cells that may leave, one after the other; empty when there are none.
    public byte[] takeRun() {
        int needed = (waitingBytes + CELL_BYTES - 1) / CELL_BYTES;
        int cells = Math.min(Math.min(credit, needed), RUN_CELLS_MAX);
        if (cells == 0) {
            return NOTHING;
        }
        credit -= cells;
        var run = new byte[cells * CELL_LENGTH];
        for (int at = 0; at < run.length; at += CELL_LENGTH) {
            fill(run, at);
        }
        return run;
    }

    private void fill(byte[] run, int at) {
        int length = Math.min(waitingBytes, CELL_BYTES);
        run[at] = (byte) (length >>> Byte.SIZE);
        run[at + 1] = (byte) length;
        int to = at + LENGTH_BYTES;
        for (int left = length; left > 0; ) {
            byte[] head = waiting.getFirst();
            int count = Math.min(left, head.length - headTaken);
            System.arraycopy(head, headTaken, run, to, count);
            to += count;
            left -= count;
            headTaken += count;
            if (headTaken == head.length) {
                waiting.removeFirst();
                headTaken = 0;
            }
        }
        waitingBytes -= length;
    }

    /// The bytes of a run that arrived.
    ///
    /// @throws MalformedPacketException if a cell claims more than it can hold, or holds something where zeros must be
    public static byte[] received(byte[] run) throws MalformedPacketException {
        int total = 0;
        for (int at = 0; at < run.length; at += CELL_LENGTH) {
            total += length(run, at);
        }
        var bytes = new byte[total];
        int to = 0;
        for (int at = 0; at < run.length; at += CELL_LENGTH) {
            int length = length(run, at);
            System.arraycopy(run, at + LENGTH_BYTES, bytes, to, length);
            to += length;
        }
        return bytes;
    }

    private static int length(byte[] run, int at) throws MalformedPacketException {
        int length = (run[at] & 0xff) << Byte.SIZE | (run[at + 1] & 0xff);
        if (length > CELL_BYTES) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        int end = at + LENGTH_BYTES + length;
        if (!Arrays.equals(run, end, at + CELL_LENGTH, ZEROS, 0, CELL_BYTES - length)) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return length;
    }
}
