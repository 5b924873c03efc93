package org.privatus.node.link.core.recovery;

/// What was received, and when to say so (RFC 9000 section 13.2).
///
/// An acknowledgement is due at once for a packet that came out of order or left a gap, so that the sender finds losses quickly, and for one that
/// asks for it with PING; otherwise after {@link #MAX_ACK_DELAY_NANOS}, unless something else is sent first and carries it along, or after so many
/// packets: every second (section 13.2.2), until the peer has asked for the first time. Who asks knows best how often it needs to hear ({@link
/// LossRecovery#takeAckRequest()}: some eight times in a round trip, which at high rates is once in a burst): from then on {@link #PACKETS_IN_BURSTS}
/// is only a bound for when requests get lost. It is what the ACK_FREQUENCY and IMMEDIATE_ACK frames of QUIC's acknowledgement frequency extension
/// are for, without a negotiation. A link that says what is due once per turn says it once for all that arrived in it.
public final class AckTracker {
    /// How long an acknowledgement may wait. Longer than a node takes to answer a request, so that acknowledgements ride on answers; short
    /// against a round trip on the internet, so that probe timeouts do not suffer.
    public static final long MAX_ACK_DELAY_NANOS = 5_000_000;

    static final int PACKETS_IN_BURSTS = 64;

    private static final int PACKETS_PER_ACK = 2;
    private static final long NONE = Long.MAX_VALUE;

    private final AckRanges ranges = new AckRanges();
    private long largestReceivedAt;
    private int unacknowledged;
    private int packetsPerAck = PACKETS_PER_ACK;
    private long deadline = NONE;

    /// Takes note of a packet that was authenticated and never seen before, and asks for no haste.
    public void onReceived(long number, boolean ackEliciting, long now) {
        onReceived(number, ackEliciting, false, now);
    }

    /// Takes note of a packet that was authenticated and never seen before.
    ///
    /// @param atOnce whether it asks for an acknowledgement without delay
    public void onReceived(long number, boolean ackEliciting, boolean atOnce, long now) {
        if (atOnce) {
            packetsPerAck = PACKETS_IN_BURSTS;
        }
        boolean first = ranges.isEmpty();
        boolean inOrder = first ? number == 0 : number == ranges.largest() + 1;
        boolean newest = first || number > ranges.largest();
        ranges.add(number);
        if (newest) {
            largestReceivedAt = now;
        }
        if (!ackEliciting) {
            return;
        }
        unacknowledged++;
        if (atOnce || !inOrder || unacknowledged >= packetsPerAck) {
            deadline = now;
        } else {
            deadline = Math.min(deadline, now + MAX_ACK_DELAY_NANOS);
        }
    }

    /// Whether a packet that leaves for another reason should carry an acknowledgement.
    public boolean hasNews() {
        return unacknowledged > 0;
    }

    /// Whether an acknowledgement has to leave now.
    public boolean isDue(long now) {
        return deadline <= now;
    }

    /// When an acknowledgement has to leave; `Long.MAX_VALUE` if none.
    public long deadlineNanos() {
        return deadline;
    }

    public AckRanges ranges() {
        return ranges;
    }

    /// How long the newest packet has been waiting for its acknowledgement.
    public long delay(long now) {
        return now - largestReceivedAt;
    }

    /// The acknowledgement is on its way. It is not repeated by itself: a lost one is made good by the next.
    public void onAckSent() {
        unacknowledged = 0;
        deadline = NONE;
    }
}
