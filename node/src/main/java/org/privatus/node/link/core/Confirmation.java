package org.privatus.node.link.core;

import org.privatus.crypto.identity.Endpoint;

/// Repeats message 3, the same bytes, until the peer sends a packet of the new link.
final class Confirmation {
    private final LinkContext context;
    private final byte[] message3;
    private final long hopelessAt;
    private int sends = 1;
    private long repeatAt;

    /// Message 3 was sent for the first time.
    Confirmation(LinkContext context, byte[] message3, long now) {
        this.context = context;
        this.message3 = message3;
        this.hopelessAt = now + context.settings.handshakeTimeoutNanos();
        this.repeatAt = now + context.handshakeRetry(1);
    }

    long deadlineNanos() {
        return Math.min(repeatAt, hopelessAt);
    }

    /// Whether the peer will not confirm any more.
    boolean isHopeless(long now) {
        return hopelessAt <= now;
    }

    void onDeadline(long now, Endpoint peer) {
        if (repeatAt > now) {
            return;
        }
        if (sends == context.settings.handshakeAttempts()) {
            repeatAt = Timed.NEVER;
            return;
        }
        sends++;
        repeatAt = now + context.handshakeRetry(sends);
        context.transmit(peer, message3);
    }
}
