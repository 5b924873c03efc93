package org.privatus.node.link.core;

import org.privatus.crypto.session.AeadSession;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.recovery.PathMtu;

/// The bounds and patience of all links of a node.
///
/// @param handshakeRetryNanos before messages 1 and 3 are repeated first; doubles each time, up to a second
/// @param handshakeAttempts how often they are sent at most
/// @param handshakeTimeoutNanos after which a dial has failed
/// @param halfOpenLimit handshakes kept for peers that have not shown who they are; the oldest goes first
/// @param halfOpenLifetimeNanos how long such a handshake is kept
/// @param handshakesPerSecond messages 1 that are worked on, with a second's worth at once; what is more is dropped
/// @param handshakeJobs first steps of handshakes that wait for the pool at once; what is more is dropped
/// @param dialLimit dials under way at once; what is more fails
/// @param waitingPerDial requests, and channels, that wait for a dial
/// @param linkLimit links of all kinds
/// @param idleLinkLimit links kept that never carried a channel; the one unused for longest is closed
/// @param idleTimeoutNanos after which a link without channels is closed
/// @param probeAfterNanos silence after which a link with channels is probed
/// @param deathAfterNanos how long the peer may acknowledge nothing, however short the round trip
/// @param deathProbes probe timeouts that have to pass as well
/// @param channelsPerLink that a peer may have opened on one link, and we on it
/// @param channelLimit channels of all links
/// @param reorderedCellsPerLink cells kept because one before them is missing
/// @param reorderedCells the same over all links
/// @param requestsPerLink that may wait for their answers on one link
/// @param answersOwed requests of peers that may wait to be answered, over all links; the oldest is forgotten
/// @param queuedDatagramFrames requests and answers that may wait to be sent on one link
/// @param maxWindowBytes beyond which no congestion window grows
/// @param maxPacketBytes beyond which no path is probed
/// @param packetsPerKey after which the sending key changes
/// @param cookiesAbove messages 1 per second beyond which their senders have to show that they are where they seem to be
/// @param addressTokens that are kept of peers, each to make one message 1 to it short; 0 for none
/// @param rekeyAfterNanos after which the sending key changes, if it was used
/// @param requirePostQuantum whether channels that we open wait until ML-KEM secrets are in the link's keys, and fail if none come
/// @param idleNamedLinkLimit links kept that carried channels and do not any more; the one unused for longest is closed
/// @param traffic how fast what may leave
public record LinkSettings(
        long handshakeRetryNanos,
        int handshakeAttempts,
        long handshakeTimeoutNanos,
        int halfOpenLimit,
        long halfOpenLifetimeNanos,
        int handshakesPerSecond,
        int handshakeJobs,
        int dialLimit,
        int waitingPerDial,
        int linkLimit,
        int idleLinkLimit,
        long idleTimeoutNanos,
        long probeAfterNanos,
        long deathAfterNanos,
        int deathProbes,
        int channelsPerLink,
        int channelLimit,
        int reorderedCellsPerLink,
        int reorderedCells,
        int requestsPerLink,
        int answersOwed,
        int queuedDatagramFrames,
        long maxWindowBytes,
        int maxPacketBytes,
        long packetsPerKey,
        int cookiesAbove,
        int addressTokens,
        long rekeyAfterNanos,
        boolean requirePostQuantum,
        int idleNamedLinkLimit,
        TrafficSettings traffic) {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long HOUR = 3_600 * SECOND;
    private static final int MILLION = 1_000_000;

    public LinkSettings {
        between("handshake-retry", handshakeRetryNanos, 10 * MILLISECOND, 10 * SECOND);
        between("handshake-attempts", handshakeAttempts, 1, 20);
        between("handshake-timeout", handshakeTimeoutNanos, handshakeRetryNanos, 60 * SECOND);
        between("half-open-limit", halfOpenLimit, 1, MILLION);
        between("half-open-lifetime", halfOpenLifetimeNanos, SECOND, 60 * SECOND);
        between("handshakes-per-second", handshakesPerSecond, 1, MILLION);
        between("handshake-jobs", handshakeJobs, 1, MILLION);
        between("dial-limit", dialLimit, 1, MILLION);
        between("waiting-per-dial", waitingPerDial, 1, MILLION);
        between("link-limit", linkLimit, 1, MILLION);
        between("idle-link-limit", idleLinkLimit, 1, linkLimit);
        between("idle-timeout", idleTimeoutNanos, SECOND, 24 * HOUR);
        between("probe-after", probeAfterNanos, SECOND, HOUR);
        between("death-after", deathAfterNanos, 100 * MILLISECOND, HOUR);
        between("death-probes", deathProbes, 1, 10);
        between("channels-per-link", channelsPerLink, 1, MILLION);
        between("channel-limit", channelLimit, 1, MILLION);
        between("reordered-cells-per-link", reorderedCellsPerLink, 0, reorderedCells);
        between("reordered-cells", reorderedCells, 0, MILLION);
        between("requests-per-link", requestsPerLink, 1, MILLION);
        between("answers-owed", answersOwed, 1, MILLION);
        between("queued-datagram-frames", queuedDatagramFrames, 1, MILLION);
        between("max-window", maxWindowBytes, 10L * PacketLayout.MAX_PACKET, 1L << 30);
        between("max-packet", maxPacketBytes, PathMtu.BASE, PathMtu.LARGEST);
        between("packets-per-key", packetsPerKey, 1, AeadSession.PACKETS_PER_KEY / 2);
        between("cookies-above", cookiesAbove, 1, MILLION);
        between("address-tokens", addressTokens, 0, MILLION);
        between("idle-named-link-limit", idleNamedLinkLimit, 1, MILLION);
        between("rekey-after", rekeyAfterNanos, SECOND, 24 * HOUR);
    }

    /// The values of `reference.conf`.
    public static LinkSettings defaults() {
        return new LinkSettings(
                300 * MILLISECOND,
                7,
                6 * SECOND,
                1_024,
                10 * SECOND,
                1_000,
                256,
                1_024,
                64,
                2_048,
                512,
                300 * SECOND,
                10 * SECOND,
                4 * SECOND,
                3,
                4_096,
                32_768,
                1_024,
                16_384,
                256,
                4_096,
                64,
                8L << 20,
                16_384,
                1L << 21,
                500,
                256,
                120 * SECOND,
                false,
                100,
                TrafficSettings.defaults());
    }

    private static void between(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " = " + value + " is not in " + min + " to " + max);
        }
    }
}
