package org.privatus.node.link.core.recovery;

import org.jspecify.annotations.Nullable;

/// Finds out which packets of a link arrived and which are lost: RFC 9002 sections 5 and 6 and appendix A.
///
/// How it is used: {@link #onSent} for every packet in order of number, {@link #onAck} for every acknowledgement, {@link #onDeadline} when
/// {@link #deadlineNanos()} has come. It answers through an {@link Outcome}. Work per acknowledgement is linear in the packets in flight.
///
/// @param <C> contents of a packet, returned when it arrived or is to be sent again
public final class LossRecovery<C> {
    /// Packets that may be overtaken before the overtaken one counts as lost (section 6.1.1).
    static final int PACKET_THRESHOLD = 3;

    /// Probe timeouts that make congestion persistent (section 7.6.1).
    static final int PERSISTENT_CONGESTION_THRESHOLD = 3;

    /// Packets that a probe timeout lets out, whatever the window says (section 6.2.4).
    private static final int PROBES = 2;

    private static final int MAX_BACKOFF_SHIFT = 10;
    private static final long NONE = Long.MAX_VALUE;

    private final RttEstimator rtt;
    private final CongestionController congestion;
    private final SentPackets<C> sent = new SentPackets<>();

    private long largestAcked = -1;
    private long lastAckElicitingSent;
    private long lossTime = NONE;
    private long firstSampleAt;
    private long waitingSince;
    private int probeTimeouts;
    private int probesOwed;
    private long bytesInFlight;
    private int packetsInFlight;
    private boolean windowLimited;
    private long packetsLost;

    public LossRecovery(RttEstimator rtt, CongestionController congestion) {
        this.rtt = rtt;
        this.congestion = congestion;
    }

    /// What becomes of packets.
    public interface Outcome<C> {
        /// The peer has it.
        void onAcked(C contents);

        /// Lost, or held to be: whatever still matters of it has to be sent again. At most once for a packet.
        void onLost(C contents);

        /// Probes are about to leave: what would help the peer most is worth sending, though it is not lost.
        void onProbe();
    }

    /// The number that the next packet has to take.
    public long nextNumber() {
        return sent.end();
    }

    /// A packet that asks for an acknowledgement left.
    public void onSent(int bytes, C contents, long now) {
        sent.add(new SentPacket<>(sent.end(), now, bytes, contents));
        if (packetsInFlight == 0) {
            waitingSince = now;
        }
        lastAckElicitingSent = now;
        congestion.onSent(bytes, bytesInFlight, now);
        bytesInFlight += bytes;
        packetsInFlight++;
        probesOwed = Math.max(0, probesOwed - 1);
    }

    /// A packet that asks for none left: it uses up its number.
    public void onSentUntracked() {
        sent.addUntracked();
    }

    /// Takes an acknowledgement.
    ///
    /// @param delay how long the peer held it back, already limited to what it may
    /// @return false, and nothing happens, if it acknowledges what was never sent
    public boolean onAck(AckRanges ranges, long delay, long now, Outcome<C> outcome) {
        if (ranges.isEmpty() || ranges.largest() >= sent.end()) {
            return false;
        }
        largestAcked = Math.max(largestAcked, ranges.largest());
        sampleRtt(ranges.largest(), delay, now);
        if (settleAcked(ranges, outcome)) {
            probeTimeouts = 0;
            probesOwed = 0;
            waitingSince = now;
            detectLost(now, outcome);
            congestion.onAckTaken(rtt.smoothed(), windowLimited, now);
        }
        sent.trim();
        return true;
    }

    /// When {@link #onDeadline} wants to be called: a loss that time decides, else a probe (section 6.2); `Long.MAX_VALUE` with nothing in
    /// flight.
    public long deadlineNanos() {
        if (lossTime != NONE) {
            return lossTime;
        }
        if (packetsInFlight == 0) {
            return NONE;
        }
        long timeout = rtt.probeTimeout(AckTracker.MAX_ACK_DELAY_NANOS);
        return lastAckElicitingSent + (timeout << Math.min(probeTimeouts, MAX_BACKOFF_SHIFT));
    }

    /// The deadline has come: declares losses, or owes probes ({@link #probesOwed()}) and hands back what the oldest packets carried, so that the
    /// probes have something useful in them (section 6.2.4). These packets are not held to be lost.
    public void onDeadline(long now, Outcome<C> outcome) {
        if (deadlineNanos() > now) {
            return;
        }
        if (lossTime != NONE) {
            detectLost(now, outcome);
            sent.trim();
            return;
        }
        probeTimeouts++;
        probesOwed = PROBES;
        handBackOldest(outcome);
        outcome.onProbe();
    }

    /// Packets that have to leave without regard to the window, carrying a PING if there is nothing else.
    public int probesOwed() {
        return probesOwed;
    }

    /// Probe timeouts since something was last acknowledged.
    public int probeTimeouts() {
        return probeTimeouts;
    }

    /// Since when nothing has been acknowledged that should be. Only while {@link #isAnythingInFlight()}.
    public long waitingSince() {
        return waitingSince;
    }

    public long bytesInFlight() {
        return bytesInFlight;
    }

    public boolean isAnythingInFlight() {
        return packetsInFlight > 0;
    }

    public long packetsLost() {
        return packetsLost;
    }

    /// The highest number the peer is known to have, -1 if none.
    public long largestAcked() {
        return largestAcked;
    }

    /// Whether the window has room for a packet of that size.
    public boolean mayCongestionSend(int bytes) {
        return bytesInFlight + bytes <= congestion.window();
    }

    /// Tells whether the last attempt to send ended at the window (true) or for lack of anything to send.
    public void setWindowLimited(boolean limited) {
        windowLimited = limited;
    }

    /// The path is another one: what is in flight stays to be acknowledged, but its fate says nothing about the new path.
    public void onPathChanged() {
        rtt.reset();
        congestion.reset();
        probeTimeouts = 0;
        lossTime = NONE;
    }

    private void sampleRtt(long largest, long delay, long now) {
        SentPacket<C> packet = sent.get(largest);
        if (packet == null || packet.acknowledged) {
            return;
        }
        if (!rtt.hasSample()) {
            firstSampleAt = now;
        }
        rtt.sample(now - packet.sentNanos, delay);
        congestion.onRoundTrip(rtt.latest());
    }

    private boolean settleAcked(AckRanges ranges, Outcome<C> outcome) {
        boolean any = false;
        for (int i = ranges.count() - 1; i >= 0; i--) {
            long from = Math.max(ranges.smallest(i), sent.first());
            for (long number = from; number <= ranges.largest(i); number++) {
                SentPacket<C> packet = sent.get(number);
                if (packet != null && !packet.acknowledged) {
                    any = true;
                    packet.acknowledged = true;
                    leaveFlight(packet);
                    congestion.onAcked(packet.bytes, packet.sentNanos);
                    outcome.onAcked(packet.contents);
                }
            }
        }
        return any;
    }

    /// Section 6.1 and appendix A.10.
    private void detectLost(long now, Outcome<C> outcome) {
        lossTime = NONE;
        long delay = rtt.lossDelay();
        long newestLost = Long.MIN_VALUE;
        var run = new LostRun();
        for (long number = sent.first(); number < largestAcked; number++) {
            SentPacket<C> packet = sent.get(number);
            if (packet == null) {
                continue;
            }
            if (packet.acknowledged) {
                run.interrupt();
            } else if (largestAcked >= number + PACKET_THRESHOLD || packet.sentNanos + delay <= now) {
                newestLost = packet.sentNanos;
                run.add(packet.sentNanos);
                sent.remove(number);
                leaveFlight(packet);
                packetsLost++;
                handBack(packet, outcome);
            } else {
                lossTime = Math.min(lossTime, packet.sentNanos + delay);
            }
        }
        if (newestLost != Long.MIN_VALUE) {
            congestion.onLost(newestLost, now);
            if (run.longest >= persistentCongestionPeriod()) {
                congestion.onPersistentCongestion();
            }
        }
    }

    private long persistentCongestionPeriod() {
        return rtt.probeTimeout(AckTracker.MAX_ACK_DELAY_NANOS) * PERSISTENT_CONGESTION_THRESHOLD;
    }

    private void leaveFlight(SentPacket<C> packet) {
        bytesInFlight -= packet.bytes;
        packetsInFlight--;
    }

    private void handBackOldest(Outcome<C> outcome) {
        int handedBack = 0;
        for (long number = sent.first(); number < sent.end() && handedBack < PROBES; number++) {
            @Nullable SentPacket<C> packet = sent.get(number);
            if (packet != null && !packet.acknowledged && !packet.handedBack) {
                handBack(packet, outcome);
                handedBack++;
            }
        }
    }

    private static <C> void handBack(SentPacket<C> packet, Outcome<C> outcome) {
        if (!packet.handedBack) {
            packet.handedBack = true;
            outcome.onLost(packet.contents);
        }
    }

    /// The longest stretch of time from which nothing arrived (section 7.6.2). Packets from before the first round-trip sample do not count.
    private final class LostRun {
        private long start = NONE;
        private long longest;

        void add(long sentNanos) {
            if (!rtt.hasSample() || sentNanos < firstSampleAt) {
                return;
            }
            if (start == NONE) {
                start = sentNanos;
            }
            longest = Math.max(longest, sentNanos - start);
        }

        void interrupt() {
            start = NONE;
        }
    }
}
