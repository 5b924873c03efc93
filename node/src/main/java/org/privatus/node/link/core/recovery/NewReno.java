package org.privatus.node.link.core.recovery;

/// Congestion control after RFC 9002 section 7 and appendix B: slow start, one halving per round trip with loss, one packet more per round trip
/// otherwise. {@link Cubic} is what links use; this is what it is compared with.
public final class NewReno implements CongestionController {
    private final long maxWindow;
    private int packetBytes;

    private long window;
    private long threshold = Long.MAX_VALUE;
    private boolean everReduced;
    private long recoveryStart;
    private long ackedBytes;

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
    public void onAcked(int bytes, long sentNanos) {
        if (!inRecovery(sentNanos)) {
            ackedBytes += bytes;
        }
    }

    @Override
    public void onAckTaken(long smoothedRttNanos, boolean windowLimited, long nowNanos) {
        long bytes = ackedBytes;
        ackedBytes = 0;
        if (!windowLimited || bytes == 0) {
            return;
        }
        long growth = inSlowStart() ? bytes : Math.max(1, packetBytes * bytes / window);
        window = Math.min(window + growth, maxWindow);
    }

    @Override
    public boolean onLost(long newestSentNanos, long nowNanos) {
        if (inRecovery(newestSentNanos)) {
            return false;
        }
        everReduced = true;
        recoveryStart = nowNanos;
        ackedBytes = 0;
        threshold = Math.max(window / 2, minimumWindow());
        window = threshold;
        return true;
    }

    @Override
    public void onCongestionExperienced(long sentNanos, long nowNanos) {
        onLost(sentNanos, nowNanos);
    }

    @Override
    public void onPersistentCongestion() {
        window = minimumWindow();
        everReduced = false;
    }

    @Override
    public void setPacketBytes(int bytes) {
        packetBytes = bytes;
        window = Math.max(window, minimumWindow());
    }

    @Override
    public void reset() {
        window = initialWindow();
        threshold = Long.MAX_VALUE;
        everReduced = false;
        ackedBytes = 0;
    }

    boolean inSlowStart() {
        return window < threshold;
    }

    private boolean inRecovery(long sentNanos) {
        return everReduced && sentNanos - recoveryStart <= 0;
    }

    private long initialWindow() {
        return Math.min(CongestionController.initialWindow(packetBytes), maxWindow);
    }

    private long minimumWindow() {
        return Math.min((long) MINIMUM_PACKETS * packetBytes, maxWindow);
    }
}
