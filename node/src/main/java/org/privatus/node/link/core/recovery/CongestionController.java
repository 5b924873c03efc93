package org.privatus.node.link.core.recovery;

/// Decides how many bytes may be in flight on a path. Told of every acknowledged and lost packet; has no clock and no timers.
public interface CongestionController {
    /// Bytes that may be in flight.
    long window();

    /// A packet arrived.
    ///
    /// @param windowLimited whether the window was what kept the sender from sending more; a window that was not used does not grow (RFC 9002
    ///     section 7.8)
    void onAcked(int bytes, long sentNanos, boolean windowLimited);

    /// Packets were lost, the newest of them sent at `newestSentNanos`.
    void onLost(long newestSentNanos, long nowNanos);

    /// Everything sent over a long period was lost (RFC 9002 section 7.6).
    void onPersistentCongestion();

    /// The path is another one.
    void reset();

    /// Bytes per second at which packets may leave (RFC 9002 section 7.7). A quarter above the window per round trip, so that pacing alone never
    /// keeps the window from being used.
    default long pacingBytesPerSecond(long smoothedRttNanos) {
        return (long) (1.25e9 * window() / Math.max(smoothedRttNanos, 1));
    }
}
