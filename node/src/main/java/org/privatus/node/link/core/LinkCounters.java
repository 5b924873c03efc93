package org.privatus.node.link.core;

import java.util.EnumMap;
import java.util.Map;

/// Running totals of a {@link Links}. Not thread-safe.
final class LinkCounters {
    private final EnumMap<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    long datagramsReceived;
    long bytesReceived;
    long datagramsSent;
    long bytesSent;
    long packetsLost;
    long handshakesStarted;
    long handshakesAnswered;
    long linksOpened;
    long linksDied;
    long cellsReceived;
    long cellsSent;
    long cellsRepeated;

    void drop(DropReason reason) {
        dropped.merge(reason, 1L, Long::sum);
    }

    Map<DropReason, Long> dropped() {
        return dropped.clone();
    }
}
