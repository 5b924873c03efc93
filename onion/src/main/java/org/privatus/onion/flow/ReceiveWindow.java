package org.privatus.onion.flow;

import java.util.Optional;
import org.privatus.onion.cell.RelayMessage;

/// Counts received DATA cells and says when to acknowledge. Nobody can overrun it: it acknowledges at once.
public final class ReceiveWindow {
    private int received;

    /// Counts a DATA cell with this tag; every 32nd yields the SENDME to send.
    public Optional<RelayMessage> received(byte[] tag) {
        if (++received < SendWindow.INCREMENT) {
            return Optional.empty();
        }
        received = 0;
        return Optional.of(SendWindow.sendme(tag));
    }
}
