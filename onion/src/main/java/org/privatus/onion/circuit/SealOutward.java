package org.privatus.onion.circuit;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.cgo.ClientCircuitCrypto;
import org.privatus.crypto.compute.Cost;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.flow.Moment;

/// Seals cells of a circuit, in order. It owns the outbound half of the circuit's keys until it is back.
final class SealOutward extends CircuitJob {
    private final OutwardLane lane;
    private final ClientCircuitCrypto crypto;
    private final List<Outgoing> cells;
    private final List<byte[]> dataTags = new ArrayList<>();

    /// @param hop for which the cell is, counted from 0
    /// @param counted whether it counts against the window
    @SuppressWarnings("ArrayRecordComponent")
    record Outgoing(byte[] cell, int hop, boolean counted) {}

    SealOutward(OutwardLane lane, ClientCircuitCrypto crypto, List<Outgoing> cells) {
        this.lane = lane;
        this.crypto = crypto;
        this.cells = cells;
    }

    @Override
    public void run() {
        for (Outgoing next : cells) {
            crypto.originate(next.hop, ChannelCell.command(next.cell), next.cell, ChannelCell.BODY_OFFSET);
            if (next.counted) {
                dataTags.add(crypto.sentTag());
            }
        }
    }

    @Override
    public Cost cost() {
        return Cost.cells(cells.size() * crypto.hops());
    }

    @Override
    public void erase() {
        crypto.erase();
    }

    List<Outgoing> cells() {
        return cells;
    }

    /// The tags that acknowledgements of DATA cells must repeat, in order.
    List<byte[]> dataTags() {
        return dataTags;
    }

    @Override
    void deliver(Moment now) {
        lane.sealed(this);
    }
}
