package org.privatus.onion.cell;

import org.privatus.crypto.suite.RandomFill;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// The layout of a channel cell, the unit that links carry for circuits. One channel is one leg of one circuit, so a
/// cell names no circuit. Cells travel in *runs*: arrays of consecutive cells of one channel, which belong to whoever got
/// them last and are changed in place, because every byte that a relay passes on goes through here.
///
/// ```
///  0        1            3                                          512
///  +--------+------------+------------------------------------------+
///  | command| zero (2)   | body (509)                               |
///  +--------+------------+------------------------------------------+
///   CREATE, CREATED        fragment of a handshake, then zero
///   RELAY, RELAY_EARLY     sealed: tag 16, relay message 493 (Counter Galois Onion)
///   DESTROY                reason 1, then zero
/// ```
public final class ChannelCell {
    public static final int LENGTH = 512;
    public static final int BODY_OFFSET = 3;
    public static final int BODY_LENGTH = LENGTH - BODY_OFFSET;
    public static final int TAG_LENGTH = 16;
    /// Where the relay message begins in a recognised cell.
    public static final int MESSAGE_OFFSET = BODY_OFFSET + TAG_LENGTH;
    public static final int MESSAGE_LENGTH = LENGTH - MESSAGE_OFFSET;

    /// Numbers as in tor-spec (CREATE and CREATED are those of CREATE2 and CREATED2).
    public static final int RELAY = 3;

    public static final int DESTROY = 4;
    public static final int RELAY_EARLY = 9;
    public static final int CREATE = 10;
    public static final int CREATED = 11;

    private ChannelCell() {}

    public static int command(byte[] cell) {
        return command(cell, 0);
    }

    /// The command of the cell that begins at `offset`.
    public static int command(byte[] run, int offset) {
        return run[offset] & 0xff;
    }

    /// An empty cell with its header.
    public static byte[] allocate(int command) {
        byte[] cell = new byte[LENGTH];
        cell[0] = (byte) command;
        return cell;
    }

    /// How many cells a run holds. Throws unless it holds whole cells, one at least.
    public static int count(byte[] run) throws MalformedPacketException {
        if (run.length == 0 || run.length % LENGTH != 0) {
            throw new MalformedPacketException(run.length < LENGTH ? Reason.TRUNCATED : Reason.TOO_LONG);
        }
        return run.length / LENGTH;
    }

    /// Throws unless the cell at `offset` has a known command and zero where zero belongs.
    public static void check(byte[] run, int offset) throws MalformedPacketException {
        boolean known = switch (command(run, offset)) {
            case RELAY, RELAY_EARLY, CREATE, CREATED, DESTROY -> true;
            default -> false;
        };
        if (!known || run[offset + 1] != 0 || run[offset + 2] != 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
    }

    /// Whether the body is sealed.
    public static boolean isRelay(int command) {
        return command == RELAY || command == RELAY_EARLY;
    }

    public static byte[] destroy(DestroyReason reason) {
        byte[] cell = allocate(DESTROY);
        cell[BODY_OFFSET] = (byte) reason.code();
        return cell;
    }

    /// A cell that carries one relay message, not sealed yet.
    public static byte[] of(int command, RelayMessage message, RandomFill fill) {
        byte[] cell = allocate(command);
        message.write(cell, 0, fill);
        return cell;
    }
}
