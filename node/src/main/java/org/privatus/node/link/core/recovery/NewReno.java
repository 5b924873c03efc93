package org.privatus.node.link.core.recovery;

/// Congestion control after RFC 9002 section 7 and appendix B: slow start, one halving per round trip with loss, one packet more per round trip
/// otherwise.
public final class NewReno implements CongestionController {
    private static final int INITIAL_PACKETS = 10;
    private static final int MINIMUM_PACKETS = 2;

    private final int packetBytes;
    private final long maxWindow;

    private long window;
    private long threshold = Long.MAX_VALUE;
    private boolean everReduced;
    private long recoveryStart;

    /// Begins with the initial window.
    ///
    /// @param packetBytes the largest packet
    /// @param maxWindow bytes beyond which the window never grows: bounds what a sender keeps for retransmission
    public NewReno(int packetBytes, long maxWindow) {
        if (maxWindow < (long) MINIMUM_PACKETS * packetBytes) {
            throw new IllegalArgumentException("max window " + maxWindow);
        }
        this.packetBytes = packetBytes;
        this.maxWindow = maxWindow;
        this.window = initialWindow();
    }

    @Override
    public long window() {
        return window;
    }

    @Override
    public void onAcked(int bytes, long sentNanos, boolean windowLimited) {
        if (!windowLimited || inRecovery(sentNanos)) {
            return;
        }
        long growth = window < threshold ? bytes : Math.max(1, (long) packetBytes * bytes / window);
        window = Math.min(window + growth, maxWindow);
    }

    @Override
    public void onLost(long newestSentNanos, long nowNanos) {
        if (inRecovery(newestSentNanos)) {
            return;
        }
        everReduced = true;
        recoveryStart = nowNanos;
        threshold = Math.max(window / 2, minimumWindow());
        window = threshold;
    }

    @Override
    public void onPersistentCongestion() {
        window = minimumWindow();
        everReduced = false;
    }

    @Override
    public void reset() {
        window = initialWindow();
        threshold = Long.MAX_VALUE;
        everReduced = false;
    }

    boolean inSlowStart() {
        return window < threshold;
    }

    private boolean inRecovery(long sentNanos) {
        return everReduced && sentNanos - recoveryStart <= 0;
    }

    private long initialWindow() {
        return Math.min((long) INITIAL_PACKETS * packetBytes, maxWindow);
    }

    private long minimumWindow() {
        return (long) MINIMUM_PACKETS * packetBytes;
    }
}
