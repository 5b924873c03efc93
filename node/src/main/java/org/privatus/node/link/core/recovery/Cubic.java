package org.privatus.node.link.core.recovery;

import org.jspecify.annotations.Nullable;

/// Congestion control by CUBIC (RFC 9438), with slow start by HyStart++ ({@link HyStart}) until the first reduction.
///
/// Windows are bytes; the RFC's segments are the largest packet's bytes, `S`. In congestion avoidance, `t` seconds after its stage began:
/// ```
///  W_cubic(t) = C · S · (t - K)³ + W_max          K = cbrt((W_max - window at the start) / (C · S))      C = 0.4     section 4.2
/// ```
/// Per acknowledgement the window moves by its share of the way to W_cubic(t + RTT), at most to one and a half of itself (sections 4.4, 4.5), and is
/// never below what Reno would have (section 4.3), which is what counts on short paths. A loss leaves 0.7 of it (section 4.6), and W_max lower than
/// it was if the window had not come back to it (section 4.7).
///
/// A stage begins with the first acknowledgement after a recovery, as does `t`; time in which the window was not used, or nothing was in flight, does
/// not count in `t` (section 5.8). After a time without traffic the window stays: packets are paced (RFC 9002 section 7.7). The reduction is taken
/// from the window, not from what is in flight, which section 4.6 allows where a window that is not used does not grow. A mark of ECN is treated as a
/// loss.
public final class Cubic implements CongestionController {
    static final double C = 0.4;
    static final double BETA = 0.7;

    private static final double RENO_ALPHA = 3 * (1 - BETA) / (1 + BETA);
    private static final double FAST_CONVERGENCE = (1 + BETA) / 2;
    private static final double MAX_TARGET = 1.5;
    private static final double SLOW_START_PACING = 2e9;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long maxWindow;
    private int packetBytes;

    private double window;
    private double threshold = Double.MAX_VALUE;
    private HyStart slowStart = new HyStart();

    private boolean everReduced;
    private long recoveryStart;
    private @Nullable Before before;

    /// The curve: all bytes but `k`, which is seconds. Only while `inStage`.
    private boolean inStage;

    private long stageStart;
    private double k;
    private double reno;
    private double windowMax;
    private double windowPrior;

    /// When the window was moved last, and whether it has been left unused since.
    private long movedAt;

    private boolean unused;

    private long ackedAt;
    private long ackedBytes;
    private long newestAckedSent;
    private boolean anyAcked;
    private long sample = -1;

    /// Begins with the initial window.
    ///
    /// @param packetBytes the largest packet
    /// @param maxWindow bytes beyond which the window never grows: bounds what a sender keeps for retransmission
    public Cubic(int packetBytes, long maxWindow) {
        if (maxWindow < (long) MINIMUM_PACKETS * packetBytes) {
            throw new IllegalArgumentException("max window " + maxWindow);
        }
        this.packetBytes = packetBytes;
        this.maxWindow = maxWindow;
        this.window = initialWindow();
    }

    @Override
    public long window() {
        return (long) window;
    }

    @Override
    public void onSent(int bytes, long bytesInFlight, long nowNanos) {
        slowStart.onSent(nowNanos);
        if (bytesInFlight == 0 && inStage && !unused) {
            stageStart += nowNanos - ackedAt;
        }
    }

    @Override
    public void onRoundTrip(long sampleNanos) {
        sample = sampleNanos;
    }

    @Override
    public void onAcked(int bytes, long sentNanos) {
        if (!anyAcked || sentNanos - newestAckedSent > 0) {
            newestAckedSent = sentNanos;
            anyAcked = true;
        }
        if (!inRecovery(sentNanos)) {
            ackedBytes += bytes;
        }
    }

    @Override
    public void onAckTaken(long smoothedRttNanos, boolean windowLimited, long nowNanos) {
        long bytes = ackedBytes;
        ackedBytes = 0;
        ackedAt = nowNanos;
        if (isFirstSlowStart()) {
            measure(nowNanos);
        }
        sample = -1;
        anyAcked = false;
        if (bytes == 0) {
            return;
        }
        if (!windowLimited) {
            unused = true;
        } else if (inSlowStart()) {
            growInSlowStart(bytes);
        } else {
            advanceStage(nowNanos);
            avoidCongestion(bytes, smoothedRttNanos, nowNanos);
        }
    }

    private void measure(long now) {
        if (anyAcked) {
            slowStart.onNewestAcked(newestAckedSent, now);
        }
        if (sample >= 0) {
            slowStart.onRoundTrip(sample);
        }
        if (slowStart.isDone()) {
            threshold = window;
        }
    }

    private void growInSlowStart(long bytes) {
        double grown = window + (isFirstSlowStart() ? slowStart.growth(bytes) : bytes);
        moveTo(Math.min(grown, threshold));
    }

    /// Begins a stage, or leaves out of it the time in which the window was not used.
    private void advanceStage(long now) {
        if (!inStage) {
            beginStage(now);
        } else if (unused) {
            stageStart += now - movedAt;
        }
        unused = false;
        movedAt = now;
    }

    private void beginStage(long now) {
        inStage = true;
        stageStart = now;
        windowMax = Math.max(windowMax, window);
        k = StrictMath.cbrt((windowMax - window) / (C * packetBytes));
        reno = window;
    }

    private void avoidCongestion(long bytes, long smoothedRtt, long now) {
        double share = Math.min(1, bytes / window);
        reno += (reno < windowPrior ? RENO_ALPHA : 1) * packetBytes * share;
        double seconds = (now - stageStart) / NANOS_PER_SECOND;
        if (curve(seconds) < reno) {
            moveTo(Math.max(window, reno));
            return;
        }
        double target = Math.clamp(curve(seconds + smoothedRtt / NANOS_PER_SECOND), window, MAX_TARGET * window);
        moveTo(window + (target - window) * share);
    }

    private double curve(double seconds) {
        double fromPlateau = seconds - k;
        return C * packetBytes * fromPlateau * fromPlateau * fromPlateau + windowMax;
    }

    private void moveTo(double bytes) {
        window = Math.min(bytes, (double) maxWindow);
    }

    @Override
    public boolean onLost(long newestSentNanos, long nowNanos) {
        if (inRecovery(newestSentNanos)) {
            return false;
        }
        before = new Before();
        reduce(nowNanos);
        return true;
    }

    @Override
    public void onCongestionExperienced(long sentNanos, long nowNanos) {
        if (!inRecovery(sentNanos)) {
            before = null;
            reduce(nowNanos);
        }
    }

    private void reduce(long now) {
        everReduced = true;
        recoveryStart = now;
        ackedBytes = 0;
        windowMax = window < windowMax ? window * FAST_CONVERGENCE : window;
        windowPrior = window;
        threshold = Math.max(Math.rint(window * BETA), minimumWindow());
        window = threshold;
        inStage = false;
    }

    @Override
    public void onSpuriousLoss() {
        if (before != null) {
            before.restore();
            before = null;
        }
    }

    /// The threshold stays where the loss that preceded put it; the stage after the slow start to it begins at its plateau (section 4.8).
    @Override
    public void onPersistentCongestion() {
        window = minimumWindow();
        everReduced = false;
        before = null;
        inStage = false;
        windowMax = 0;
    }

    @Override
    public void setPacketBytes(int bytes) {
        packetBytes = bytes;
        window = Math.max(window, minimumWindow());
        inStage = false;
    }

    @Override
    public void reset() {
        window = initialWindow();
        threshold = Double.MAX_VALUE;
        slowStart = new HyStart();
        everReduced = false;
        before = null;
        inStage = false;
        windowMax = 0;
        windowPrior = 0;
        ackedBytes = 0;
    }

    /// While the window doubles in a round trip it may be sent at twice its rate, else pacing would slow its growth.
    @Override
    public long pacingBytesPerSecond(long smoothedRttNanos) {
        if (!inSlowStart()) {
            return CongestionController.super.pacingBytesPerSecond(smoothedRttNanos);
        }
        return (long) (SLOW_START_PACING * window / Math.max(smoothedRttNanos, 1));
    }

    boolean inSlowStart() {
        return window < threshold;
    }

    boolean isConservative() {
        return isFirstSlowStart() && slowStart.isConservative();
    }

    /// The bytes to which slow start goes; `Long.MAX_VALUE` before anything is known of the path.
    long threshold() {
        return (long) threshold;
    }

    private boolean isFirstSlowStart() {
        return threshold == Double.MAX_VALUE;
    }

    private boolean inRecovery(long sentNanos) {
        return everReduced && sentNanos - recoveryStart <= 0;
    }

    private long initialWindow() {
        return Math.min(CongestionController.initialWindow(packetBytes), maxWindow);
    }

    private double minimumWindow() {
        return Math.min((double) MINIMUM_PACKETS * packetBytes, (double) maxWindow);
    }

    /// Everything that a reduction changes, as it was (section 4.9).
    private final class Before {
        private final double windowThen = window;
        private final double thresholdThen = threshold;
        private final double windowMaxThen = windowMax;
        private final double windowPriorThen = windowPrior;
        private final double kThen = k;
        private final double renoThen = reno;
        private final long stageStartThen = stageStart;
        private final long movedAtThen = movedAt;
        private final boolean inStageThen = inStage;
        private final boolean everReducedThen = everReduced;
        private final long recoveryStartThen = recoveryStart;

        /// A window that has grown beyond meanwhile stays.
        void restore() {
            window = Math.max(window, windowThen);
            threshold = thresholdThen;
            windowMax = windowMaxThen;
            windowPrior = windowPriorThen;
            k = kThen;
            reno = renoThen;
            stageStart = stageStartThen;
            movedAt = movedAtThen;
            inStage = inStageThen;
            unused = true;
            everReduced = everReducedThen;
            recoveryStart = recoveryStartThen;
        }
    }
}
