package org.privatus.node.link.core.recovery;

/// What was received, and when to say so (RFC 9000 section 13.2).
///
/// An acknowledgement is due at once after every second packet that asks for one, and for a packet that came out of order or left a gap, so that
/// the sender finds losses quickly; otherwise after {@link #MAX_ACK_DELAY_NANOS}, unless something else is sent first and carries it along.
public final class AckTracker {
    /// How long an acknowledgement may wait. Longer than a node takes to answer a request, so that acknowledgements ride on answers; short
    /// against a round trip on the internet, so that probe timeouts do not suffer.
    public static final long MAX_ACK_DELAY_NANOS = 5_000_000;

    private static final int PACKETS_PER_ACK = 2;
    private static final long NONE = Long.MAX_VALUE;

    private final AckRanges ranges = new AckRanges();
    private long largestReceivedAt;
    private int unacknowledged;
    private long deadline = NONE;

    /// Takes note of a packet that was authenticated and never seen before.
    public void onReceived(long number, boolean ackEliciting, long now) {
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
        if (!inOrder || unacknowledged >= PACKETS_PER_ACK) {
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
