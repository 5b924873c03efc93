package org.privatus.onion.relay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.compute.Cost;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.flow.SendWindow;

/// Seals cells of one run towards a client, in place and in order. It owns the inward half of the hop's keys until it is
/// back.
final class SealInward extends RelayJob {
    private final InwardLane lane;
    private final @Nullable RelayHop hop;
    private final InwardLane.Treatment treatment;
    private final byte[] run;
    private final int from;
    private final int to;
    private final List<byte[]> tags = new ArrayList<>(0);
    private int untilMark;
    private int dataCells;

    /// @param untilMark DATA cells up to the next one whose tag is wanted, that one included
    SealInward(
            InwardLane lane,
            @Nullable RelayHop hop,
            InwardLane.Treatment treatment,
            byte[] run,
            int from,
            int to,
            int untilMark) {
        this.lane = lane;
        this.hop = hop;
        this.treatment = treatment;
        this.run = run;
        this.from = from;
        this.to = to;
        this.untilMark = untilMark;
    }

    @Override
    public void run() {
        RelayHop keys = hop;
        if (keys == null) {
            return;
        }
        switch (treatment) {
            case PLAIN -> {}
            case PASSING -> {
                for (int at = from; at < to; at += ChannelCell.LENGTH) {
                    keys.backward(ChannelCell.command(run, at), run, at + ChannelCell.BODY_OFFSET);
                }
            }
            case OWN -> {
                for (int at = from; at < to; at += ChannelCell.LENGTH) {
                    originate(keys, at);
                }
            }
        }
    }

    private void originate(RelayHop keys, int at) {
        boolean data = RelayMessage.command(run, at) == RelayCommand.DATA;
        keys.originate(ChannelCell.command(run, at), run, at + ChannelCell.BODY_OFFSET);
        if (data) {
            dataCells++;
            if (--untilMark == 0) {
                tags.add(keys.sentTag());
                untilMark = SendWindow.INCREMENT;
            }
        }
    }

    @Override
    public Cost cost() {
        return Cost.cells(cells());
    }

    int cells() {
        return (to - from) / ChannelCell.LENGTH;
    }

    @Override
    public void erase() {
        if (hop != null) {
            hop.erase();
        }
    }

    InwardLane.Treatment treatment() {
        return treatment;
    }

    byte[] sealed() {
        return run;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int dataCells() {
        return dataCells;
    }

    /// The tags that acknowledgements of DATA cells must repeat, in order.
    List<byte[]> tags() {
        return tags;
    }

    @Override
    void deliver(long nowNanos) {
        lane.sealed(this, nowNanos);
    }
}
