package org.privatus.node.link.core.recovery;

/// Decides how many bytes may be in flight on a path. Has no clock and no timers: {@link LossRecovery} tells it everything.
///
/// How it is called: {@link #onSent} for every packet that counts; for every acknowledgement first {@link #onRoundTrip} if it gave a sample, then
/// {@link #onAcked} for each packet that it settles, then {@link #onLost} if it shows losses, and last {@link #onAckTaken}, where the window grows.
public interface CongestionController {
    /// Packets below which no window falls (RFC 9002 section 7.2).
    int MINIMUM_PACKETS = 2;

    /// Bytes that may be in flight.
    long window();

    /// A packet leaves.
    ///
    /// @param bytesInFlight without it: 0 ends a time without traffic
    default void onSent(int bytes, long bytesInFlight, long nowNanos) {}

    /// The newest sample of the round trip.
    default void onRoundTrip(long sampleNanos) {}

    /// A packet arrived.
    void onAcked(int bytes, long sentNanos);

    /// All packets of one acknowledgement have been told.
    ///
    /// @param windowLimited whether the window was what kept the sender from sending more; a window that was not used does not grow (RFC 9002
    ///     section 7.8)
    void onAckTaken(long smoothedRttNanos, boolean windowLimited, long nowNanos);

    /// Packets were lost, the newest of them sent at `newestSentNanos`. Returns whether the window was reduced for it: once in a round trip.
    boolean onLost(long newestSentNanos, long nowNanos);

    /// A packet sent at `sentNanos` arrived with the mark Congestion Experienced (RFC 9002 section 7.1): the same as a loss, but that nothing has
    /// to be repeated.
    ///
    /// Nobody calls it yet: Netty's epoll transport (4.2) sets the traffic class of a socket, so packets could be sent as ECN-capable, but takes no
    /// control message with the received traffic class (IP_RECVTOS, IPV6_RECVTCLASS) out of `recvmsg` and `recvmmsg`: its native datagram has no
    /// field for it; NIO has none either. Who cannot report marks must not ask for them (RFC 9000 section 13.4.1: a router that would have dropped
    /// would mark, and nobody would slow down), so sockets send Not-ECT and there is no acknowledgement frame with ECN counts.
    void onCongestionExperienced(long sentNanos, long nowNanos);

    /// All packets whose loss was the reason of the last reduction did arrive: it may be taken back.
    default void onSpuriousLoss() {}

    /// Everything sent over a long period was lost (RFC 9002 section 7.6).
    void onPersistentCongestion();

    /// The largest packet is another: a path carries more than was known, or no longer what it did.
    void setPacketBytes(int packetBytes);

    /// The path is another one.
    void reset();

    /// Bytes per second at which packets may leave (RFC 9002 section 7.7). A quarter above the window per round trip, so that pacing alone never
    /// keeps the window from being used.
    default long pacingBytesPerSecond(long smoothedRttNanos) {
        return (long) (1.25e9 * window() / Math.max(smoothedRttNanos, 1));
    }

    /// The window of a path of which nothing is known (RFC 9002 section 7.2).
    static long initialWindow(int packetBytes) {
        return Math.min(10L * packetBytes, Math.max(14_720L, 2L * packetBytes));
    }
}
