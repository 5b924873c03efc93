package org.privatus.node.link.core;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Running totals of a {@link Links}. Not thread-safe.
final class LinkCounters {
    private @Nullable EnumMap<DropReason, Long> dropped;
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
    long keyChanges;

    void drop(DropReason reason) {
        if (dropped == null) {
            dropped = new EnumMap<>(DropReason.class);
        }
        dropped.merge(reason, 1L, Long::sum);
    }

    Map<DropReason, Long> dropped() {
        return dropped == null ? Collections.emptyMap() : dropped.clone();
    }
}
