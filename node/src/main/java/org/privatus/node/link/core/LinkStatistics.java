package org.privatus.node.link.core;

import java.util.Collections;
import java.util.Map;

/// What has happened on all links since the start, and how many there are. A snapshot; nothing in it names anybody.
public final class LinkStatistics {
    private final int links;
    private final int idleLinks;
    private final int dials;
    private final int halfOpen;
    private final int channels;
    private final Map<DropReason, Long> dropped;
    private final long[] totals;

    LinkStatistics(int links, int idleLinks, int dials, int halfOpen, int channels, LinkCounters counters) {
        this.links = links;
        this.idleLinks = idleLinks;
        this.dials = dials;
        this.halfOpen = halfOpen;
        this.channels = channels;
        this.dropped = counters.dropped();
        this.totals = new long[] {
            counters.datagramsReceived,
            counters.bytesReceived,
            counters.datagramsSent,
            counters.bytesSent,
            counters.packetsLost,
            counters.handshakesStarted,
            counters.handshakesAnswered,
            counters.linksOpened,
            counters.linksDied,
            counters.cellsReceived,
            counters.cellsSent,
            counters.cellsRepeated,
            counters.keyChanges
        };
    }

    public int links() {
        return links;
    }

    /// Links without channels.
    public int idleLinks() {
        return idleLinks;
    }

    public int dials() {
        return dials;
    }

    public int halfOpen() {
        return halfOpen;
    }

    public int channels() {
        return channels;
    }

    public long datagramsReceived() {
        return totals[0];
    }

    public long bytesReceived() {
        return totals[1];
    }

    public long datagramsSent() {
        return totals[2];
    }

    public long bytesSent() {
        return totals[3];
    }

    /// Packets declared lost.
    public long packetsLost() {
        return totals[4];
    }

    /// Messages 1 made, repeats not counted.
    public long handshakesStarted() {
        return totals[5];
    }

    /// Messages 2 made, repeats not counted.
    public long handshakesAnswered() {
        return totals[6];
    }

    public long linksOpened() {
        return totals[7];
    }

    /// Links that ended because the peer acknowledged nothing any more.
    public long linksDied() {
        return totals[8];
    }

    public long cellsReceived() {
        return totals[9];
    }

    /// Cells sent, each counted once.
    public long cellsSent() {
        return totals[10];
    }

    public long cellsRepeated() {
        return totals[11];
    }

    /// Changes of sending keys.
    public long keyChanges() {
        return totals[12];
    }

    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /// What was dropped, by reason; reasons that never occurred are left out.
    public Map<DropReason, Long> dropped() {
        return Collections.unmodifiableMap(dropped);
    }
}
