package org.privatus.onion.cell;

import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// A relay message, layout version 1 (Tor proposal 340; one message in each cell).
///
/// ```
///  tag 16 | command 1 | length 2 | stream id 2, if the command has one | body | up to 4 zero | random fill
/// ```
///
/// Body of at most 488 bytes with a stream id and 490 without. The fill keeps tags unpredictable to somebody who knows
/// the message.
public final class RelayMessage {
    public static final int MAX_STREAM_BODY = 488;
    public static final int MAX_CIRCUIT_BODY = 490;
    private static final int HEADER = 3;
    private static final int ZEROS = 4;

    private final int command;
    private final int stream;
    private final byte[] body;

    private RelayMessage(int command, int stream, byte[] body) {
        this.command = command;
        this.stream = stream;
        this.body = body;
    }

    /// A message for the whole circuit. Takes over `body`.
    public static RelayMessage onCircuit(int command, byte[] body) {
        require(RelayCommand.streamUse(command) == RelayCommand.StreamUse.ON_CIRCUIT, command);
        require(body.length <= MAX_CIRCUIT_BODY, body.length);
        return new RelayMessage(command, 0, body);
    }

    /// A message of one stream. Takes over `body`.
    public static RelayMessage onStream(int command, int stream, byte[] body) {
        require(RelayCommand.streamUse(command) == RelayCommand.StreamUse.ON_STREAM, command);
        require(stream > 0 && stream <= 0xffff, stream);
        require(body.length <= MAX_STREAM_BODY, body.length);
        return new RelayMessage(command, stream, body);
    }

    private static void require(boolean holds, int value) {
        if (!holds) {
            throw new IllegalArgumentException("relay message: " + value);
        }
    }

    public int command() {
        return command;
    }

    /// The stream, or 0 for a message of the whole circuit.
    public int stream() {
        return stream;
    }

    /// Not a copy.
    public byte[] body() {
        return body;
    }

    /// Writes everything behind the tag of a 512-byte cell.
    public void write(byte[] cell, SecureRandom fill) {
        int at = ChannelCell.MESSAGE_OFFSET;
        cell[at] = (byte) command;
        cell[at + 1] = (byte) (body.length >>> 8);
        cell[at + 2] = (byte) body.length;
        at += HEADER;
        if (stream != 0) {
            cell[at++] = (byte) (stream >>> 8);
            cell[at++] = (byte) stream;
        }
        System.arraycopy(body, 0, cell, at, body.length);
        at += body.length;
        int zeros = Math.min(ZEROS, ChannelCell.LENGTH - at);
        Arrays.fill(cell, at, at + zeros, (byte) 0);
        at += zeros;
        if (at < ChannelCell.LENGTH) {
            byte[] random = new byte[ChannelCell.LENGTH - at];
            fill.nextBytes(random);
            System.arraycopy(random, 0, cell, at, random.length);
        }
    }

    /// Reads what stands behind the tag of a recognised 512-byte cell. What follows the body is ignored.
    public static RelayMessage read(byte[] cell) throws MalformedPacketException {
        int at = ChannelCell.MESSAGE_OFFSET;
        int command = cell[at] & 0xff;
        int length = u16(cell, at + 1);
        at += HEADER;
        return switch (RelayCommand.streamUse(command)) {
            case UNKNOWN -> throw new MalformedPacketException(Reason.BAD_VALUE);
            case ON_CIRCUIT -> new RelayMessage(command, 0, body(cell, at, length));
            case ON_STREAM -> {
                int stream = u16(cell, at);
                if (stream == 0) {
                    throw new MalformedPacketException(Reason.BAD_VALUE);
                }
                yield new RelayMessage(command, stream, body(cell, at + 2, length));
            }
        };
    }

    private static byte[] body(byte[] cell, int from, int length) throws MalformedPacketException {
        if (length > ChannelCell.LENGTH - from) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        return Arrays.copyOfRange(cell, from, from + length);
    }

    private static int u16(byte[] cell, int at) {
        return (cell[at] & 0xff) << 8 | (cell[at + 1] & 0xff);
    }

    @Override
    public String toString() {
        return "RelayMessage[command=" + command + ", stream=" + stream + ", " + body.length + " bytes]";
    }
}
