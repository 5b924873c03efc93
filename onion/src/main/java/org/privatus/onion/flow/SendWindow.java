package org.privatus.onion.flow;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.List;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;

/// What one side of a circuit may still send, in DATA cells: as many as the {@link CongestionWindow} says, less those on
/// their way. Each SENDME takes {@link #INCREMENT} off them. It names the tag that the 32nd cell had when the other end
/// received it, so that nobody can acknowledge what did not arrive (Tor proposal 289).
///
/// Two steps, because cells are sealed by jobs: {@link #reserve} when cells are chosen, {@link #sealed} when they go, with
/// the tags of those that will be named.
public final class SendWindow {
    /// DATA cells that one SENDME acknowledges. Fixed by the protocol.
    public static final int INCREMENT = 32;

    private static final int SENDME_VERSION = 1;

    private final CongestionWindow congestion;
    private final ArrayDeque<Mark> expected = new ArrayDeque<>(4);
    private int underWay;
    private int sealedSinceMark;
    private boolean full;

    /// A cell that will be acknowledged.
    @SuppressWarnings("ArrayRecordComponent")
    private record Mark(byte[] tag, long sentNanos) {}

    public SendWindow(WindowSettings settings) {
        this.congestion = settings.window();
    }

    /// DATA cells that may be sent now.
    public int available() {
        return Math.max(0, congestion.cells() - underWay);
    }

    /// Takes room for so many cells.
    public void reserve(int cells) {
        if (cells > available()) {
            throw new IllegalStateException("the window is closed");
        }
        underWay += cells;
        full |= available() == 0;
    }

    /// How many more cells are to be sealed until the next whose tag is wanted, that one included.
    public int untilMark() {
        return INCREMENT - sealedSinceMark;
    }

    /// Notes the tags of cells that were reserved longest ago: of each 32nd.
    ///
    /// @param cells all that were sealed, those without a wanted tag too
    public void sealed(int cells, List<byte[]> tags, long nowNanos) {
        sealedSinceMark = (sealedSinceMark + cells) % INCREMENT;
        for (byte[] tag : tags) {
            expected.add(new Mark(tag, nowNanos));
        }
    }

    /// Opens the window, if the body of this SENDME acknowledges what is to be acknowledged next.
    public void acknowledged(byte[] body, long nowNanos) throws MalformedPacketException {
        WireReader reader = new WireReader(body);
        if (reader.u8() != SENDME_VERSION || reader.u16() != ChannelCell.TAG_LENGTH) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        byte[] tag = reader.bytes(ChannelCell.TAG_LENGTH);
        Mark next = expected.poll();
        if (next == null) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        if (!MessageDigest.isEqual(next.tag, tag)) {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
        underWay -= INCREMENT;
        congestion.acknowledged(nowNanos - next.sentNanos, full);
        full = false;
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
