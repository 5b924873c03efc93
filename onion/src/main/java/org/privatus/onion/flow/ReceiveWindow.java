package org.privatus.onion.flow;

import org.privatus.onion.cell.RelayMessage;

/// Counts received DATA cells and says which are to be acknowledged. Nobody can overrun it: it acknowledges at once.
public final class ReceiveWindow {
    private int received;

    /// Counts a DATA cell. Whether it is a 32nd, whose tag goes into a {@link #sendme}.
    public boolean received() {
        received = (received + 1) % SendWindow.INCREMENT;
        return received == 0;
    }

    /// The SENDME that acknowledges the 32 cells up to the one with this tag.
    public static RelayMessage sendme(byte[] tag) {
        return SendWindow.sendme(tag);
    }
}
