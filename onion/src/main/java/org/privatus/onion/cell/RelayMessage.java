package org.privatus.onion.cell;

import java.util.Arrays;
import org.privatus.crypto.suite.RandomFill;
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
    private static final int STREAM_HEADER = HEADER + 2;
    private static final int ZEROS = 4;

    private final int command;
    private final int stream;
    private final byte[] source;
    private final int bodyOffset;
    private final int bodyLength;

    private RelayMessage(int command, int stream, byte[] source, int bodyOffset, int bodyLength) {
        this.command = command;
        this.stream = stream;
        this.source = source;
        this.bodyOffset = bodyOffset;
        this.bodyLength = bodyLength;
    }

    /// A message for the whole circuit. Takes over `body`.
    public static RelayMessage onCircuit(int command, byte[] body) {
        require(RelayCommand.streamUse(command) == RelayCommand.StreamUse.ON_CIRCUIT, command);
        require(body.length <= MAX_CIRCUIT_BODY, body.length);
        return new RelayMessage(command, 0, body, 0, body.length);
    }

    /// A message of one stream. Takes over `body`.
    public static RelayMessage onStream(int command, int stream, byte[] body) {
        require(RelayCommand.streamUse(command) == RelayCommand.StreamUse.ON_STREAM, command);
        require(stream > 0 && stream <= 0xffff, stream);
        require(body.length <= MAX_STREAM_BODY, body.length);
        return new RelayMessage(command, stream, body, 0, body.length);
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

    /// An array of its own if the message was read from a cell; otherwise the array that was taken over.
    public byte[] body() {
        return bodyLength == source.length ? source : Arrays.copyOfRange(source, bodyOffset, bodyOffset + bodyLength);
    }

    public int bodyLength() {
        return bodyLength;
    }

    public void copyBody(byte[] target, int offset) {
        System.arraycopy(source, bodyOffset, target, offset, bodyLength);
    }

    /// Writes everything behind the tag of the cell that begins at `offset`.
    public void write(byte[] run, int offset, RandomFill fill) {
        int at = writeHeader(run, offset, command, stream, bodyLength);
        copyBody(run, at);
        finish(run, offset, at + bodyLength, fill);
    }

    /// Writes the header of a message of a stream into the cell that begins at `offset`. Returns where its body belongs;
    /// {@link #finish} goes on behind the body.
    public static int writeHeader(byte[] run, int offset, int command, int stream, int bodyLength) {
        int at = offset + ChannelCell.MESSAGE_OFFSET;
        run[at] = (byte) command;
        run[at + 1] = (byte) (bodyLength >>> 8);
        run[at + 2] = (byte) bodyLength;
        if (stream == 0) {
            return at + HEADER;
        }
        run[at + 3] = (byte) (stream >>> 8);
        run[at + 4] = (byte) stream;
        return at + STREAM_HEADER;
    }

    /// Writes what follows a body that ends at `at`, up to the end of the cell that begins at `offset`.
    public static void finish(byte[] run, int offset, int at, RandomFill fill) {
        int end = offset + ChannelCell.LENGTH;
        int zeros = Math.min(ZEROS, end - at);
        Arrays.fill(run, at, at + zeros, (byte) 0);
        fill.fill(run, at + zeros, end - at - zeros);
    }

    /// The command in a cell that is not sealed.
    public static int command(byte[] run, int offset) {
        return run[offset + ChannelCell.MESSAGE_OFFSET] & 0xff;
    }

    /// Reads what stands behind the tag of the recognised cell that begins at `offset`: a view of it, which holds until the
    /// cell changes. What follows the body is ignored.
    public static RelayMessage read(byte[] run, int offset) throws MalformedPacketException {
        int at = offset + ChannelCell.MESSAGE_OFFSET;
        int command = run[at] & 0xff;
        int length = u16(run, at + 1);
        return switch (RelayCommand.streamUse(command)) {
            case UNKNOWN -> throw new MalformedPacketException(Reason.BAD_VALUE);
            case ON_CIRCUIT -> view(command, 0, run, offset, at + HEADER, length);
            case ON_STREAM -> {
                int stream = u16(run, at + HEADER);
                if (stream == 0) {
                    throw new MalformedPacketException(Reason.BAD_VALUE);
                }
                yield view(command, stream, run, offset, at + STREAM_HEADER, length);
            }
        };
    }

    private static RelayMessage view(int command, int stream, byte[] run, int offset, int from, int length)
            throws MalformedPacketException {
        if (length > offset + ChannelCell.LENGTH - from) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        return new RelayMessage(command, stream, run, from, length);
    }

    private static int u16(byte[] cell, int at) {
        return (cell[at] & 0xff) << 8 | (cell[at + 1] & 0xff);
    }

    @Override
    public String toString() {
        return "RelayMessage[command=" + command + ", stream=" + stream + ", " + bodyLength + " bytes]";
    }
}
