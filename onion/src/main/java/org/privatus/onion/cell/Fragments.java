package org.privatus.onion.cell;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.wire.WireWriter;

/// Cuts what does not fit one cell. Every fragment but the last is full.
///
/// ```
///  kind 1 | index 1 | total length 2 | chunk
/// ```
public final class Fragments {
    public static final int HEADER = 4;
    /// Nothing that circuits carry needs more cells.
    public static final int MAX_FRAGMENTS = 3;

    /// Room for a chunk in a CREATE or CREATED cell, in a message of a circuit, and in a message of a stream.
    public static final int CELL_CHUNK = ChannelCell.BODY_LENGTH - HEADER;

    public static final int CIRCUIT_CHUNK = RelayMessage.MAX_CIRCUIT_BODY - HEADER;
    public static final int STREAM_CHUNK = RelayMessage.MAX_STREAM_BODY - HEADER;

    private Fragments() {}

    /// What is being carried.
    public enum Kind {
        CREATE(1),
        CREATED(2),
        EXTEND(3),
        EXTENDED(4),
        DHT_PUT(5),
        DHT_GOT(6);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /// The fragments of `payload`, header included, each with a chunk of at most `chunk` bytes.
    public static List<byte[]> split(Kind kind, byte[] payload, int chunk) {
        int count = Math.max(1, (payload.length + chunk - 1) / chunk);
        if (count > MAX_FRAGMENTS) {
            throw new IllegalArgumentException(payload.length + " bytes need " + count + " fragments");
        }
        List<byte[]> fragments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = i * chunk;
            int length = Math.min(chunk, payload.length - from);
            fragments.add(WireWriter.allocate(HEADER + length)
                    .u8(kind.code())
                    .u8(i)
                    .u16(payload.length)
                    .bytes(payload, from, length)
                    .toBytes());
        }
        return fragments;
    }

    /// A run of CREATE or CREATED cells that carries a handshake message.
    public static byte[] cells(Kind kind, int command, byte[] payload) {
        List<byte[]> fragments = split(kind, payload, CELL_CHUNK);
        byte[] run = new byte[fragments.size() * ChannelCell.LENGTH];
        int at = 0;
        for (byte[] fragment : fragments) {
            run[at] = (byte) command;
            System.arraycopy(fragment, 0, run, at + ChannelCell.BODY_OFFSET, fragment.length);
            at += ChannelCell.LENGTH;
        }
        return run;
    }

    /// Messages of the circuit, or of a stream if `stream` is not 0, that carry `payload`.
    public static List<RelayMessage> messages(Kind kind, int command, int stream, byte[] payload) {
        List<RelayMessage> messages = new ArrayList<>(MAX_FRAGMENTS);
        for (byte[] fragment : split(kind, payload, stream == 0 ? CIRCUIT_CHUNK : STREAM_CHUNK)) {
            messages.add(
                    stream == 0
                            ? RelayMessage.onCircuit(command, fragment)
                            : RelayMessage.onStream(command, stream, fragment));
        }
        return messages;
    }
}
