package org.privatus.node.link.core.recovery;

import org.jspecify.annotations.Nullable;

/// Finds out which packets of a link arrived and which are lost: RFC 9002 sections 5 and 6 and appendix A.
///
/// How it is used: for every packet in order of number {@link #carries} for what is in it and then {@link #onSent}, {@link #onAck} for every
/// acknowledgement, {@link #onDeadline} when {@link #deadlineNanos()} has come. It answers through an {@link Outcome}. Work per acknowledgement is
/// linear in the packets that it settles, newly acknowledged or lost: of what it acknowledges again at most {@link #PACKET_THRESHOLD} packets are
/// still looked at, since everything older is settled. Nothing is allocated per packet.
///
/// Path probes ({@link PathMtu}) take room in the window and settle as other packets do, but their loss is no sign of congestion (RFC 9000 section
/// 14.4), nor does their arrival make the window grow; they hold nothing that would be repeated.
///
/// @param <C> what the frames of a packet are about
public final class LossRecovery<C> {
    /// Packets that may be overtaken before the overtaken one counts as lost (section 6.1.1).
    static final int PACKET_THRESHOLD = 3;

    /// Probe timeouts that make congestion persistent (section 7.6.1).
    static final int PERSISTENT_CONGESTION_THRESHOLD = 3;

    /// Packets that a probe timeout lets out, whatever the window says (section 6.2.4).
    private static final int PROBES = 2;

    /// Acknowledgements that are asked for in a round trip: enough for growth without jumps, and for {@link HyStart} to have its samples.
    private static final int ACKS_PER_WINDOW = 8;

    private static final int MAX_BACKOFF_SHIFT = 10;

    /// Unlike in the RFC the pauses between probes do not grow without end: a link that lives for seconds only without answer has to notice in time that
    /// there is one again.
    private static final long LONGEST_PROBE_PAUSE_NANOS = 1_000_000_000;

    private static final long NONE = Long.MAX_VALUE;

    private final RttEstimator rtt;
    private final CongestionController congestion;
    private final PathMtu mtu;
    private final SentPackets sent = new SentPackets();
    private final SentFrames<C> frames = new SentFrames<>();

    /// Where the frames of the next packet begin.
    private int nextFrame;

    private int packetSize;

    /// Of the last reduction, and of the acknowledgement that is looked at: made when something is lost for the first time.
    private @Nullable SuspectedLosses suspected;

    private @Nullable SuspectedLosses lostNow;

    private long largestAcked = -1;
    private long lastAckElicitingSent;
    private long lossTime = NONE;
    private long firstSampleAt;
    private long waitingSince;
    private int probeTimeouts;
    private int probesOwed;
    private long bytesInFlight;
    private int packetsInFlight;
    private int unasked;
    private boolean windowLimited;
    private long packetsLost;

    public LossRecovery(RttEstimator rtt, CongestionController congestion, PathMtu mtu) {
        this.rtt = rtt;
        this.congestion = congestion;
        this.mtu = mtu;
        this.packetSize = mtu.packetSize();
    }

    /// What becomes of frames, as they were told to {@link #carries}.
    public interface Outcome<C> {
        /// The peer has it.
        void onAcked(int kind, C subject, long first, int count);

        /// Lost, or held to be: whatever still matters of it has to be sent again. At most once for a packet.
        void onLost(int kind, C subject, long first, int count);

        /// Probes are about to leave: what would help the peer most is worth sending, though it is not lost.
        void onProbe();
    }

    /// The number that the next packet has to take.
    public long nextNumber() {
        return sent.end();
    }

    /// The next packet carries a frame that has to be repeated if it is lost. Its kind and the numbers are the caller's and come back as they are.
    public void carries(int kind, C subject, long first, int count) {
        frames.add(kind, subject, first, count);
    }

    /// A packet that asks for an acknowledgement left.
    public void onSent(int bytes, long now) {
        track(SentPackets.IN_FLIGHT, bytes, now);
        probesOwed = Math.max(0, probesOwed - 1);
    }

    /// A packet of {@link PathMtu#probeSize} left.
    public void onPathProbeSent(int bytes, long now) {
        mtu.onProbeSent();
        track(SentPackets.PATH_PROBE, bytes, now);
    }

    private void track(byte state, int bytes, long now) {
        sent.add(state, bytes, nextFrame, now);
        nextFrame = frames.end();
        if (packetsInFlight == 0) {
            waitingSince = now;
        }
        lastAckElicitingSent = now;
        congestion.onSent(bytes, bytesInFlight, now);
        bytesInFlight += bytes;
        packetsInFlight++;
        unasked++;
    }

    /// Whether the next packet has to ask for an acknowledgement at once, with a PING; if so, it counts as done. That is each that completes an
    /// eighth of the window, two packets at least and {@link AckTracker#PACKETS_IN_BURSTS} at most, and one after which the window is full. A lone
    /// packet never asks: its acknowledgement may ride on an answer.
    public boolean takeAckRequest() {
        long eighth = congestion.window() / ((long) ACKS_PER_WINDOW * packetSize);
        boolean full = packetsInFlight > 0 && bytesInFlight + 2L * packetSize > congestion.window();
        boolean asks = full || unasked + 1 >= Math.clamp(eighth, 2, AckTracker.PACKETS_IN_BURSTS);
        if (asks) {
            unasked = -1;
        }
        return asks;
    }

    /// A packet that asks for none left: it uses up its number.
    public void onSentUntracked() {
        sent.addUntracked(nextFrame);
    }

    /// Bytes that the next packet may have: what the path is known to carry, and for the packets of a probe timeout what every path does.
    public int packetSize() {
        return probesOwed > 0 ? PathMtu.BASE : packetSize;
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
        if (suspected != null && suspected.settle(ranges)) {
            congestion.onSpuriousLoss();
        }
        if (settleAcked(ranges, now, outcome)) {
            probeTimeouts = 0;
            probesOwed = 0;
            waitingSince = now;
            detectLost(now, outcome);
            congestion.onAckTaken(rtt.smoothed(), windowLimited, now);
            notePacketSize();
        }
        trim();
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
        long doubled = timeout << Math.min(probeTimeouts, MAX_BACKOFF_SHIFT);
        return lastAckElicitingSent + Math.min(doubled, Math.max(timeout, LONGEST_PROBE_PAUSE_NANOS));
    }

    /// The deadline has come: declares losses, or owes probes ({@link #probesOwed()}) and hands back what the oldest packets carried, so that the
    /// probes have something useful in them (section 6.2.4). These packets are not held to be lost.
    public void onDeadline(long now, Outcome<C> outcome) {
        if (deadlineNanos() > now) {
            return;
        }
        if (lossTime != NONE) {
            detectLost(now, outcome);
            notePacketSize();
            trim();
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
        mtu.onPathChanged();
        congestion.reset();
        notePacketSize();
        probeTimeouts = 0;
        lossTime = NONE;
    }

    private void notePacketSize() {
        if (mtu.packetSize() != packetSize) {
            packetSize = mtu.packetSize();
            congestion.setPacketBytes(packetSize);
        }
    }

    private void trim() {
        sent.trim();
        frames.removeUpTo(sent.first() == sent.end() ? nextFrame : sent.firstFrame(sent.first()));
    }

    private void sampleRtt(long largest, long delay, long now) {
        if (largest < sent.first() || !sent.isInFlight(largest)) {
            return;
        }
        if (!rtt.hasSample()) {
            firstSampleAt = now;
        }
        rtt.sample(now - sent.sentNanos(largest), delay);
        congestion.onRoundTrip(rtt.latest());
    }

    private boolean settleAcked(AckRanges ranges, long now, Outcome<C> outcome) {
        boolean any = false;
        for (int i = ranges.count() - 1; i >= 0; i--) {
            for (long number = Math.max(ranges.smallest(i), sent.first()); number <= ranges.largest(i); number++) {
                if (sent.isInFlight(number)) {
                    any = true;
                    settleAcked(number, now, outcome);
                }
            }
        }
        return any;
    }

    private void settleAcked(long number, long now, Outcome<C> outcome) {
        boolean pathProbe = sent.state(number) == SentPackets.PATH_PROBE;
        int bytes = sent.bytes(number);
        sent.set(number, SentPackets.ACKED);
        leaveFlight(bytes);
        if (pathProbe) {
            mtu.onProbeAcked(bytes, now);
            return;
        }
        congestion.onAcked(bytes, sent.sentNanos(number));
        if (hasFrames(number)) {
            mtu.onPacketAcked(bytes, now);
            tellAcked(number, outcome);
        }
    }

    private void tellAcked(long number, Outcome<C> outcome) {
        for (int place = sent.firstFrame(number); place != endOfFrames(number); place++) {
            outcome.onAcked(frames.kind(place), frames.subject(place), frames.from(place), frames.count(place));
        }
    }

    private boolean hasFrames(long number) {
        return sent.firstFrame(number) != endOfFrames(number);
    }

    private int endOfFrames(long number) {
        return number + 1 < sent.end() ? sent.firstFrame(number + 1) : nextFrame;
    }

    /// Section 6.1 and appendix A.10.
    private void detectLost(long now, Outcome<C> outcome) {
        lossTime = NONE;
        long delay = rtt.lossDelay();
        long newestLost = Long.MIN_VALUE;
        var run = new LostRun();
        for (long number = sent.first(); number < largestAcked; number++) {
            byte state = sent.state(number);
            if (state == SentPackets.ACKED) {
                run.interrupt();
            } else if (state != SentPackets.NONE) {
                long sentNanos = sent.sentNanos(number);
                if (largestAcked < number + PACKET_THRESHOLD && sentNanos + delay > now) {
                    lossTime = Math.min(lossTime, sentNanos + delay);
                } else if (settleLost(number, now, outcome)) {
                    newestLost = sentNanos;
                    suspect(number);
                    run.add(sentNanos);
                }
            }
        }
        if (newestLost != Long.MIN_VALUE) {
            noteReason(congestion.onLost(newestLost, now));
            if (run.longest >= persistentCongestionPeriod()) {
                congestion.onPersistentCongestion();
            }
        }
    }

    private void suspect(long number) {
        if (lostNow == null) {
            lostNow = new SuspectedLosses();
        }
        lostNow.add(number);
    }

    /// What was lost now is the reason of a reduction, or one more of the last.
    private void noteReason(boolean reduced) {
        if (suspected == null) {
            suspected = new SuspectedLosses();
        }
        if (lostNow != null) {
            if (reduced) {
                suspected.clear();
            }
            suspected.addAll(lostNow);
            lostNow.clear();
        }
    }

    /// Whether it tells of congestion.
    private boolean settleLost(long number, long now, Outcome<C> outcome) {
        byte state = sent.state(number);
        int bytes = sent.bytes(number);
        sent.set(number, SentPackets.NONE);
        leaveFlight(bytes);
        if (state == SentPackets.PATH_PROBE) {
            mtu.onProbeLost(bytes, now);
            return false;
        }
        packetsLost++;
        if (hasFrames(number)) {
            mtu.onPacketLost(bytes, sent.sentNanos(number), now);
        }
        if (state == SentPackets.IN_FLIGHT) {
            handBack(number, outcome);
        }
        return true;
    }

    private long persistentCongestionPeriod() {
        return rtt.probeTimeout(AckTracker.MAX_ACK_DELAY_NANOS) * PERSISTENT_CONGESTION_THRESHOLD;
    }

    private void leaveFlight(int bytes) {
        bytesInFlight -= bytes;
        packetsInFlight--;
        unasked = packetsInFlight == 0 ? 0 : unasked;
    }

    private void handBackOldest(Outcome<C> outcome) {
        int handedBack = 0;
        for (long number = sent.first(); number < sent.end() && handedBack < PROBES; number++) {
            if (sent.state(number) == SentPackets.IN_FLIGHT) {
                sent.set(number, SentPackets.HANDED_BACK);
                handBack(number, outcome);
                handedBack++;
            }
        }
    }

    private void handBack(long number, Outcome<C> outcome) {
        for (int place = sent.firstFrame(number); place != endOfFrames(number); place++) {
            outcome.onLost(frames.kind(place), frames.subject(place), frames.from(place), frames.count(place));
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
