package org.privatus.node.link.core;

import org.privatus.crypto.wire.ChannelIds;
import org.privatus.node.link.core.packet.FrameType;

/// An ordered, reliable sequence of cells each way between two nodes. State only: {@link Channels} moves it.
final class Channel {
    /// Cells that each side may send before it hears of more credit. Part of the protocol: no frame says it.
    static final int INITIAL_CREDIT = 64;

    /// Cells that each side keeps at most, sent or received: as much as fills a path of 2 MB. A power of two.
    static final int MAX_WINDOW = 4_096;

    static final int CELL_LENGTH = FrameType.CELL_LENGTH;

    static final int CLOSE_DONE = 0;
    static final int CLOSE_REFUSED = 1;

    /// How the owner calls it.
    final long name;

    final boolean openedByUs;

    /// What its cells are for, as far as this node knows.
    final TrafficClass traffic;

    final CellSender sender = new CellSender();
    final CellReceiver receiver = new CellReceiver();

    /// Who looks after it: a dial, later a link.
    private Carrier carrier;

    /// How it is called on the link; -1 before there is one.
    private long wireId;

    private boolean closedByUs;
    private int closeReason;
    private boolean closeAcked;

    /// Frames that are still to be sent, or sent again.
    boolean openOwed;

    boolean creditOwed;
    boolean closeOwed;

    /// Whether it is in the queue of channels with cells to send, or in that of channels that owe a frame.
    boolean inCellQueue;

    boolean inControlQueue;

    /// Cells that are promised to its owner beyond the first {@link #INITIAL_CREDIT}, as its link has counted them.
    int promisedBeyond;

    /// Whether it is in the list of those with cells for their owners.
    boolean isWithCells;

    Channel(long name, Carrier carrier, long wireId, boolean openedByUs) {
        this.name = name;
        this.carrier = carrier;
        this.wireId = wireId;
        this.openedByUs = openedByUs;
        this.traffic = trafficOf(ChannelIds.owner(name));
        this.openOwed = openedByUs;
    }

    /// Others' circuits are on channels of the relay, in and out; all else is the node's own.
    private static TrafficClass trafficOf(int owner) {
        return owner == ChannelIds.RELAY || owner == ChannelIds.INBOUND ? TrafficClass.RELAYED : TrafficClass.MESSAGES;
    }

    Carrier carrier() {
        return carrier;
    }

    long wireId() {
        return wireId;
    }

    /// We want no more of it. What was sent before still arrives.
    void close(int reason) {
        closedByUs = true;
        closeReason = reason;
        closeOwed = true;
        creditOwed = false;
    }

    boolean isClosedByUs() {
        return closedByUs;
    }

    int closeReason() {
        return closeReason;
    }

    void onCloseAcked() {
        closeAcked = true;
    }

    /// Whether nothing is left to do after we closed.
    boolean isFinished() {
        return closedByUs && closeAcked && sender.isAllAcked();
    }

    /// Begins (again) on a link under a new number; nothing of it was processed elsewhere.
    void restart(Carrier newCarrier, long newWireId) {
        carrier = newCarrier;
        wireId = newWireId;
        sender.restart();
        openOwed = true;
        closeOwed = closedByUs;
        creditOwed = false;
        inCellQueue = false;
        inControlQueue = false;
    }
}
