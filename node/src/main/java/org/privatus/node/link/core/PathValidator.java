package org.privatus.node.link.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.PacketLayout;

/// Checks that a peer is at an address from which its packets have begun to come (RFC 9000 section 8.2): it has to return a random value that was sent
/// there. One candidate at a time, the newest. A candidate is sent no more bytes than came from it.
final class PathValidator {
    /// Bytes of a packet with one PATH frame.
    static final int PACKET_LENGTH = PacketLayout.DATA_HEADER + FrameType.PATH_FRAME + PacketLayout.TAG_LENGTH;

    private static final int ATTEMPTS = 3;

    private final LinkContext context;
    private @Nullable Endpoint candidate;
    private long challenge;
    private long bytesOwn;
    private int attempts;
    private long retryAt = Timed.NEVER;

    PathValidator(LinkContext context) {
        this.context = context;
    }

    /// A genuine packet, the newest so far, came from an address that is not the peer's.
    void onPacketFrom(Endpoint from, int bytes, long now) {
        if (candidate == null || !from.equals(candidate)) {
            candidate = from;
            challenge = context.unpredictable();
            bytesOwn = 0;
            attempts = 0;
            retryAt = now;
        }
        bytesOwn += bytes;
    }

    /// The peer is where it was.
    void cancel() {
        candidate = null;
        retryAt = Timed.NEVER;
    }

    long deadlineNanos() {
        return retryAt;
    }

    /// Where a challenge is to be sent now, if anywhere; it counts as sent.
    Optional<Endpoint> takeChallenge(long now, long retryNanos) {
        if (candidate == null || retryAt > now) {
            return Optional.empty();
        }
        if (attempts == ATTEMPTS) {
            cancel();
            return Optional.empty();
        }
        retryAt = now + (retryNanos << attempts);
        attempts++;
        if (bytesOwn < PACKET_LENGTH) {
            return Optional.empty();
        }
        bytesOwn -= PACKET_LENGTH;
        return Optional.of(candidate);
    }

    long challenge() {
        return challenge;
    }

    /// The peer returned a value: the candidate if it is the one sent there.
    Optional<Endpoint> onResponse(long data) {
        if (candidate == null || attempts == 0 || data != challenge) {
            return Optional.empty();
        }
        Optional<Endpoint> proved = Optional.of(candidate);
        cancel();
        return proved;
    }
}
