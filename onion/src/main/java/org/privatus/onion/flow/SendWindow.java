package org.privatus.onion.flow;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;

/// How many DATA cells may still be sent on a circuit: 512 at first, 32 more with each SENDME. A SENDME names the tag that
/// the 32nd cell had when the other end received it, so that nobody can acknowledge what did not arrive (Tor proposal
/// 289). The size is fixed here; Tor's congestion control is proposal 324.
///
/// Two steps, because cells are sealed by jobs: {@link #reserve} when a cell is chosen, {@link #sealed} with its tag.
public final class SendWindow {
    public static final int SIZE = 512;
    public static final int INCREMENT = 32;
    private static final int SENDME_VERSION = 1;

    private int available = SIZE;
    private int sealed;
    private final ArrayDeque<byte[]> expected = new ArrayDeque<>();

    /// DATA cells that may be sent now.
    public int available() {
        return available;
    }

    /// Takes room for one cell.
    public void reserve() {
        if (available == 0) {
            throw new IllegalStateException("the window is closed");
        }
        available--;
    }

    /// Notes the tag of the cell that was reserved longest ago.
    public void sealed(byte[] tag) {
        if (++sealed % INCREMENT == 0) {
            expected.add(tag);
        }
    }

    /// Opens the window, if the body of this SENDME acknowledges what is to be acknowledged next.
    public void acknowledged(byte[] body) throws MalformedPacketException {
        WireReader reader = new WireReader(body);
        if (reader.u8() != SENDME_VERSION || reader.u16() != ChannelCell.TAG_LENGTH) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        byte[] tag = reader.bytes(ChannelCell.TAG_LENGTH);
        byte[] next = expected.poll();
        if (next == null) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        if (!MessageDigest.isEqual(next, tag)) {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
        available += INCREMENT;
    }

    /// The SENDME that names `tag`.
    static RelayMessage sendme(byte[] tag) {
        return RelayMessage.onCircuit(
                RelayCommand.SENDME,
                WireWriter.allocate(3 + tag.length)
                        .u8(SENDME_VERSION)
                        .u16(tag.length)
                        .bytes(tag)
                        .toBytes());
    }
}
