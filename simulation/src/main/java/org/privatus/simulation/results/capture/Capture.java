package org.privatus.simulation.results.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.simulation.results.Attachment;

/// The datagrams of one node as a pcapng file that Wireshark reads: raw IP packets with nanoseconds, direction, and the other
/// node's number as a comment. Datagrams are as encrypted as on a real wire.
///
/// Belongs to the thread of the node's shard until the run is over. Holds at most [#BYTES_MAX]; what comes afterwards is counted
/// in the file's interface statistics as dropped.
public final class Capture {
    public static final int BYTES_MAX = 128 << 20;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int node;
    private final long epochNanos;
    private final ToIntFunction<Endpoint> nodeAt;
    private final int limit;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private long lastNanos;
    private int seen;
    private long left;

    /// The capture of a node from now on.
    ///
    /// @param epochMillis the date at which the run's time is 0
    /// @param nodeAt whose endpoint it is, or a negative number; for comments alone
    public Capture(int node, String title, long epochMillis, ToIntFunction<Endpoint> nodeAt) {
        this(node, title, epochMillis, nodeAt, BYTES_MAX);
    }

    Capture(int node, String title, long epochMillis, ToIntFunction<Endpoint> nodeAt, int limit) {
        this.node = node;
        this.epochNanos = epochMillis * NANOS_PER_MILLI;
        this.nodeAt = nodeAt;
        this.limit = limit;
        file.writeBytes(PcapngBlocks.section("privatus simulate", title));
        file.writeBytes(PcapngBlocks.networkInterface("node-" + node));
    }

    /// A datagram at the node's network interface.
    ///
    /// @param outward whether the node sent it
    /// @param bytes read during the call
    public void passed(long timeNanos, boolean outward, Endpoint from, Endpoint to, byte[] bytes) {
        seen++;
        lastNanos = timeNanos;
        OptionalInt length = IpPacket.length(from, to, bytes.length);
        if (length.isEmpty() || (long) file.size() + length.getAsInt() > limit) {
            left++;
            return;
        }
        int other = nodeAt.applyAsInt(outward ? to : from);
        String peer = other < 0 ? "no node" : "node " + other;
        file.writeBytes(PcapngBlocks.packet(
                epochNanos + timeNanos,
                IpPacket.of(from, to, bytes, seen),
                outward ? PcapngBlocks.OUTBOUND : PcapngBlocks.INBOUND,
                (outward ? "sent to " : "received from ") + peer));
    }

    /// Datagrams that are not in the file.
    public long left() {
        return left;
    }

    /// `node-17.pcapng`, for the result.
    public Attachment attachment() {
        return new Attachment("node-" + node + ".pcapng", this::writeTo);
    }

    /// Everything captured so far.
    public void writeTo(OutputStream out) throws IOException {
        file.writeTo(out);
        out.write(PcapngBlocks.statistics(epochNanos + lastNanos, seen, left));
    }
}
