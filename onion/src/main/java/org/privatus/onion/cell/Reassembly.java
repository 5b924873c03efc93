package org.privatus.onion.cell;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;

/// Puts the fragments of one circuit together: one payload at a time, in order, of at most three fragments. Anything else
/// is malformed. Memory is taken only for fragments that came.
public final class Reassembly {
    /// How long a payload may stay incomplete.
    public static final long TIMEOUT_NANOS = 5_000_000_000L;

    private Fragments.@Nullable Kind kind;
    private int stream;
    private int total;
    private int next;
    private byte[] gathered = new byte[0];
    private long deadlineNanos = Long.MAX_VALUE;

    /// When what is pending must be complete; `Long.MAX_VALUE` while nothing is.
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /// Adds the fragment in the CREATE or CREATED cell at `offset`.
    public Optional<byte[]> acceptCell(Fragments.Kind kind, byte[] run, int offset, long nowNanos)
            throws MalformedPacketException {
        WireReader reader = new WireReader(run, offset + ChannelCell.BODY_OFFSET, ChannelCell.BODY_LENGTH);
        return accept(kind, 0, reader, Fragments.CELL_CHUNK, false, nowNanos);
    }

    /// Adds the fragment in a relay message.
    public Optional<byte[]> acceptMessage(Fragments.Kind kind, RelayMessage message, long nowNanos)
            throws MalformedPacketException {
        int chunk = message.stream() == 0 ? Fragments.CIRCUIT_CHUNK : Fragments.STREAM_CHUNK;
        return accept(kind, message.stream(), new WireReader(message.body()), chunk, true, nowNanos);
    }

    private Optional<byte[]> accept(
            Fragments.Kind expected, int onStream, WireReader reader, int chunk, boolean exact, long nowNanos)
            throws MalformedPacketException {
        int code = reader.u8();
        int index = reader.u8();
        int length = reader.u16();
        if (code != expected.code() || index != next || length > chunk * Fragments.MAX_FRAGMENTS) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        if (kind == null) {
            begin(expected, onStream, length, nowNanos);
        } else if (kind != expected || stream != onStream || total != length) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        append(reader.bytes(Math.min(chunk, total - gathered.length)));
        if (exact) {
            reader.expectEnd();
        }
        next++;
        return gathered.length == total ? Optional.of(complete()) : Optional.empty();
    }

    private void begin(Fragments.Kind started, int onStream, int length, long nowNanos) {
        kind = started;
        stream = onStream;
        total = length;
        deadlineNanos = nowNanos + TIMEOUT_NANOS;
    }

    private void append(byte[] chunk) {
        byte[] joined = new byte[gathered.length + chunk.length];
        System.arraycopy(gathered, 0, joined, 0, gathered.length);
        System.arraycopy(chunk, 0, joined, gathered.length, chunk.length);
        gathered = joined;
    }

    private byte[] complete() {
        byte[] payload = gathered;
        kind = null;
        next = 0;
        gathered = new byte[0];
        deadlineNanos = Long.MAX_VALUE;
        return payload;
    }
}
