package org.privatus.node.link.core.recovery;

import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.PacketLayout;

/// Finds out how large the packets may be that a path carries: RFC 8899 (DPLPMTUD), with the states of its section 5.2 less the error state: every
/// path carries {@link #BASE}, because a handshake's first message has that length.
///
/// Only sizes that hold a cell more than the one below are worth anything: {@link #size} of 2, 3, … cells. On an Ethernet (1,500 bytes) that is none
/// above the base, since three cells need {@link #size size(3)} = 1,704; a jumbo frame holds 17 and a loopback up to 127. The search takes the next
/// size first, which ends it on most paths with {@link #MAX_PROBES} small packets lost; then the largest, then what usual links hold, then halves
/// what is left.
///
/// Probes ride on traffic and there is no timer: a search begins when {@link #CONFIRMATIONS} full packets have been acknowledged on the path (section
/// 5.2's confirmation of the base), and again when {@link #RAISE_NANOS} have passed since the last one and full packets are still acknowledged. So a
/// link that carries only requests never sends one. A probe is PADDING and PING in a packet of {@link #probeSize}, as soon as the window has room for
/// it; {@link LossRecovery} knows it and finds out what became of it. Datagrams must not be fragmented on their way (the socket forbids it), and a
/// datagram that the socket refuses is as good as lost.
///
/// Black holes (section 4.3): when larger packets are lost in {@link #MAX_STRIKES} round trips without one of them arriving, the path is taken to
/// carry the base again, and everything from the failed size on is out of the search until the next raise. Packets that a probe timeout lets out are
/// never larger than the base: else nothing would be acknowledged on such a path ({@link LossRecovery#packetSize()}).
public final class PathMtu {
    public static final int BASE = PacketLayout.MAX_PACKET;

    /// The longest payload of a UDP datagram over IPv4.
    public static final int LARGEST = 65_507;

    /// Losses of one probe size that end the attempt (section 5.1.2).
    static final int MAX_PROBES = 3;

    /// PMTU_RAISE_TIMER (section 5.1.1).
    static final long RAISE_NANOS = 600_000_000_000L;

    static final int CONFIRMATIONS = 8;
    static final int MAX_STRIKES = 3;

    /// What a packet holds beside cells: headers, tag, and an acknowledgement of many ranges.
    private static final int BESIDE_CELLS =
            PacketLayout.DATA_HEADER + PacketLayout.TAG_LENGTH + FrameType.HEADER + 8 + 128;

    private static final int BASE_CELLS = cells(BASE);

    /// Loopback of macOS, jumbo frames, FDDI and 802.11, less the headers of IPv6 and UDP: in cells.
    private static final int[] USUAL_CELLS = {
        cells(16_384 - 48), cells(9_000 - 48), cells(4_352 - 48), cells(2_304 - 48)
    };

    private final int mostCells;

    private State state = State.BASE;

    /// What has arrived, and the least that did not.
    private int good = BASE_CELLS;

    private int bad;

    /// The size that is being tried, and how often it was; 0 if none is on its way.
    private int probed;

    private int attempts;

    private int confirmations;
    private int strikes;
    private long struckAt;
    private long raiseAt;

    private enum State {
        /// The base is used and has to show first that it arrives.
        BASE,
        SEARCHING,
        /// Nothing is left to be tried until it is time to raise.
        COMPLETE
    }

    /// @param largestPacket that is ever to be sent: less than one more cell than the base holds switches the search off
    public PathMtu(int largestPacket) {
        if (largestPacket < BASE || largestPacket > LARGEST) {
            throw new IllegalArgumentException("largest packet " + largestPacket);
        }
        this.mostCells = cells(largestPacket);
        this.bad = mostCells + 1;
    }

    /// Bytes of a packet that holds so many cells, with what else may be in it.
    public static int size(int cells) {
        return cells <= BASE_CELLS ? BASE : BESIDE_CELLS + cells * FrameType.CELL_LENGTH;
    }

    /// Cells that a packet of so many bytes holds.
    public static int cells(int bytes) {
        return (bytes - BESIDE_CELLS) / FrameType.CELL_LENGTH;
    }

    /// Bytes that the path is known to carry.
    public int packetSize() {
        return size(good);
    }

    /// Bytes of the probe that is due: 0 if none is.
    public int probeSize(long now) {
        return state == State.SEARCHING && probed == 0 ? size(next()) : 0;
    }

    /// The probe left that {@link #probeSize} asked for.
    void onProbeSent() {
        probed = next();
        attempts++;
    }

    void onProbeAcked(int bytes, long now) {
        if (probed != 0 && bytes == size(probed)) {
            good = probed;
            endAttempts(now);
        }
    }

    void onProbeLost(int bytes, long now) {
        if (probed == 0 || bytes != size(probed)) {
            return;
        }
        if (attempts < MAX_PROBES) {
            probed = 0;
        } else {
            bad = probed;
            endAttempts(now);
        }
    }

    private void endAttempts(long now) {
        probed = 0;
        attempts = 0;
        if (good + 1 >= bad) {
            state = State.COMPLETE;
            raiseAt = now + RAISE_NANOS;
        }
    }

    /// A packet with something in it that is repeated when lost arrived; packets that hold only requests never cause a probe.
    void onPacketAcked(int bytes, long now) {
        if (bytes > BASE) {
            strikes = 0;
        }
        if (bytes + FrameType.CELL_LENGTH < packetSize()) {
            return;
        }
        if (state == State.BASE && mostCells > BASE_CELLS) {
            confirmations++;
            if (confirmations >= CONFIRMATIONS) {
                state = State.SEARCHING;
            }
        } else if (state == State.COMPLETE && now - raiseAt >= 0 && good < mostCells) {
            bad = mostCells + 1;
            state = State.SEARCHING;
        }
    }

    /// Such a packet was lost. What left before the last strike was noticed is part of it.
    void onPacketLost(int bytes, long sentNanos, long now) {
        if (bytes <= BASE || bytes > packetSize() || (strikes > 0 && sentNanos - struckAt < 0)) {
            return;
        }
        strikes++;
        struckAt = now;
        if (strikes >= MAX_STRIKES) {
            int failed = good;
            begin();
            bad = failed;
        }
    }

    /// The path is another one (section 5.2: back to the base).
    void onPathChanged() {
        begin();
        bad = mostCells + 1;
    }

    private void begin() {
        state = State.BASE;
        good = BASE_CELLS;
        probed = 0;
        attempts = 0;
        confirmations = 0;
        strikes = 0;
    }

    /// What to try next, between what is known to arrive and what is known not to.
    private int next() {
        if (good == BASE_CELLS) {
            return good + 1;
        }
        if (bad > mostCells) {
            return mostCells;
        }
        for (int usual : USUAL_CELLS) {
            if (usual == good) {
                return good + 1;
            }
            if (usual > good && usual < bad) {
                return usual;
            }
        }
        return (good + bad) >>> 1;
    }
}
