package org.privatus.onion.relay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.compute.Cost;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.relay.InwardLane.Item;

/// Seals cells towards a client, in order. It owns the inward half of the hop's keys until it is back.
final class SealInward extends RelayJob {
    private final InwardLane lane;
    private final @Nullable RelayHop hop;
    private final List<Item> items;
    private final List<byte[]> dataTags = new ArrayList<>();

    SealInward(InwardLane lane, @Nullable RelayHop hop, List<Item> items) {
        this.lane = lane;
        this.hop = hop;
        this.items = items;
    }

    @Override
    public void run() {
        for (Item item : items) {
            seal(item);
        }
    }

    private void seal(Item item) {
        RelayHop keys = hop;
        if (keys == null || item.kind() == InwardLane.Kind.PLAIN) {
            return;
        }
        byte[] cell = item.cell();
        if (item.kind() == InwardLane.Kind.PASSING) {
            keys.backward(ChannelCell.command(cell), cell, ChannelCell.BODY_OFFSET);
            return;
        }
        keys.originate(ChannelCell.command(cell), cell, ChannelCell.BODY_OFFSET);
        if (item.kind() == InwardLane.Kind.OWN_DATA) {
            dataTags.add(keys.sentTag());
        }
    }

    @Override
    public Cost cost() {
        return Cost.cells(items.size());
    }

    @Override
    public void erase() {
        if (hop != null) {
            hop.erase();
        }
    }

    List<Item> items() {
        return items;
    }

    /// The tags that acknowledgements of DATA cells must repeat, in order.
    List<byte[]> dataTags() {
        return dataTags;
    }

    @Override
    void deliver(long nowNanos) {
        lane.sealed(this, nowNanos);
    }
}
