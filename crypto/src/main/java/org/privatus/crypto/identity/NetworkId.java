package org.privatus.crypto.identity;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// Which network: two bytes that stand in every address and bind every handshake and descriptor, so that networks
/// cannot run into each other.
///
/// @param value 1 to 65,535; from 0x8000 on laboratory networks, which anybody may make up
public record NetworkId(int value) {
    public static final int LENGTH = 2;

    /// The network of people.
    public static final NetworkId MAIN = new NetworkId(1);

    /// For developing, and what `localnet` runs: no puzzle, private addresses are fine.
    public static final NetworkId DEV = new NetworkId(0x8000);

    private static final int MAX = 0xffff;
    private static final int FIRST_LABORATORY = 0x8000;

    /// 4,096 tries of about a millisecond: some seconds, once, for an honest node; a price for whoever wants many
    /// places near a target.
    private static final int MAIN_PUZZLE_BITS = 12;

    public NetworkId {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("network " + value + " is not in 1 to " + MAX);
        }
    }

    public static NetworkId read(WireReader in) throws MalformedPacketException {
        int value = in.u16();
        if (value == 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return new NetworkId(value);
    }

    public void write(WireWriter out) {
        out.u16(value);
    }

    /// Whether this is `dev` or another laboratory: no puzzle, and relays may dial private addresses.
    public boolean isLaboratory() {
        return value >= FIRST_LABORATORY;
    }

    /// Leading zero bits asked of a node's [Puzzle].
    public int puzzleBits() {
        return isLaboratory() ? 0 : MAIN_PUZZLE_BITS;
    }

    /// `main`, `dev`, or the number.
    @Override
    public String toString() {
        if (equals(MAIN)) {
            return "main";
        }
        return equals(DEV) ? "dev" : Integer.toString(value);
    }
}
