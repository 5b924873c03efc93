package org.privatus.onion.circuit;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.cgo.ClientCircuitCrypto;
import org.privatus.crypto.compute.Cost;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.SendWindow;

/// Seals a run of cells for one hop of a circuit, in place and in order. It owns the outbound half of the circuit's keys
/// until it is back.
final class SealOutward extends CircuitJob {
    private final OutwardLane lane;
    private final ClientCircuitCrypto crypto;
    private final int hop;
    private final byte[] run;
    private final List<byte[]> tags = new ArrayList<>(0);
    private int untilMark;
    private int dataCells;

    /// @param hop for which the cells are, counted from 0
    /// @param untilMark DATA cells up to the next one whose tag is wanted, that one included
    SealOutward(OutwardLane lane, ClientCircuitCrypto crypto, int hop, byte[] run, int untilMark) {
        this.lane = lane;
        this.crypto = crypto;
        this.hop = hop;
        this.run = run;
        this.untilMark = untilMark;
    }

    @Override
    public void run() {
        for (int at = 0; at < run.length; at += ChannelCell.LENGTH) {
            boolean data = RelayMessage.command(run, at) == RelayCommand.DATA;
            crypto.originate(hop, ChannelCell.command(run, at), run, at + ChannelCell.BODY_OFFSET);
            if (data) {
                sealedData();
            }
        }
    }

    private void sealedData() {
        dataCells++;
        if (--untilMark == 0) {
            tags.add(crypto.sentTag());
            untilMark = SendWindow.INCREMENT;
        }
    }

    @Override
    public Cost cost() {
        return Cost.cells(cells() * (hop + 1));
    }

    int cells() {
        return run.length / ChannelCell.LENGTH;
    }

    @Override
    public void erase() {
        crypto.erase();
    }

    byte[] sealed() {
        return run;
    }

    int dataCells() {
        return dataCells;
    }

    /// The tags that acknowledgements of DATA cells must repeat, in order.
    List<byte[]> tags() {
        return tags;
    }

    @Override
    void deliver(Moment now) {
        lane.sealed(this, now.nanos());
    }
}
