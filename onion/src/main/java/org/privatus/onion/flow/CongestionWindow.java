package org.privatus.onion.flow;

/// How many DATA cells of one circuit and direction may be on their way at one time. It learns from acknowledgements alone.
public interface CongestionWindow {
    /// What may be on its way now; it may be less than what is.
    int cells();

    /// {@link SendWindow#INCREMENT} cells have arrived.
    ///
    /// @param rttNanos from the sending of the last of them to its acknowledgement
    /// @param full whether the sender was held up by this window since the acknowledgement before: only then was it tried
    void acknowledged(long rttNanos, boolean full);

    /// A window that never changes.
    static CongestionWindow fixed(int cells) {
        return new CongestionWindow() {
            @Override
            public int cells() {
                return cells;
            }

            @Override
            public void acknowledged(long rttNanos, boolean full) {}
        };
    }
}
