package org.privatus.node.link.core.packet;

import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.recovery.AckRanges;

/// Writes the frames of {@link FrameType}. The caller has seen to it that there is room.
public final class FrameWriter {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MAX_U32 = 0xffff_ffffL;

    private FrameWriter() {}

    /// `length` bytes that mean nothing: only at the end of a packet.
    public static void padding(WireWriter out, int length) {
        out.zeros(length);
    }

    public static void ping(WireWriter out) {
        head(out, FrameType.PING, 0);
    }

    /// Writes as many of the highest ranges as fit into `room` bytes. Gaps and ranges beyond 32 bits end the list.
    public static void ack(WireWriter out, AckRanges ranges, long delayNanos, int room) {
        int count = ackRangesThatFit(ranges, room);
        head(out, FrameType.ACK, FrameType.ACK_FIRST_RANGE + (count - 1) * FrameType.ACK_RANGE);
        out.u64(ranges.largest());
        out.u32(Math.clamp(delayNanos / NANOS_PER_MICRO, 0, MAX_U32));
        out.u32(numbersLessOne(ranges, 0));
        for (int i = 1; i < count; i++) {
            out.u32(ranges.smallest(i - 1) - ranges.largest(i) - 2);
            out.u32(numbersLessOne(ranges, i));
        }
    }

    /// Bytes that an ACK of these ranges takes when nothing has to be left out.
    public static int ackLength(AckRanges ranges) {
        return FrameType.HEADER + FrameType.ACK_FIRST_RANGE + (ranges.count() - 1) * FrameType.ACK_RANGE;
    }

    public static void request(WireWriter out, long id, byte[] body) {
        head(out, FrameType.REQUEST, 4 + body.length);
        out.u32(id).bytes(body);
    }

    public static void answer(WireWriter out, long id, byte[] body) {
        head(out, FrameType.ANSWER, 4 + body.length);
        out.u32(id).bytes(body);
    }

    public static void channelOpen(WireWriter out, long channel) {
        head(out, FrameType.CHANNEL_OPEN, 4);
        out.u32(channel);
    }

    /// What stands before `count` cells, which the caller writes.
    public static void cellsHead(WireWriter out, long channel, long first, int count) {
        head(out, FrameType.CELLS, 8 + count * FrameType.CELL_LENGTH);
        out.u32(channel).u32(first);
    }

    public static void credit(WireWriter out, long channel, long limit) {
        head(out, FrameType.CREDIT, 8);
        out.u32(channel).u32(limit);
    }

    public static void channelClose(WireWriter out, long channel, int reason, long cellsSent) {
        head(out, FrameType.CHANNEL_CLOSE, 9);
        out.u32(channel).u8(reason).u32(cellsSent);
    }

    public static void observedEndpoint(WireWriter out, Endpoint observed) {
        head(out, FrameType.OBSERVED_ENDPOINT, 1 + observed.length());
        out.u8(observed.isIpv4() ? 4 : 6);
        observed.write(out);
    }

    public static void pathChallenge(WireWriter out, long data) {
        head(out, FrameType.PATH_CHALLENGE, 8);
        out.u64(data);
    }

    public static void pathResponse(WireWriter out, long data) {
        head(out, FrameType.PATH_RESPONSE, 8);
        out.u64(data);
    }

    public static void linkClose(WireWriter out, int reason) {
        head(out, FrameType.LINK_CLOSE, 1);
        out.u8(reason);
    }

    public static void identity(WireWriter out, PuzzleNonce nonce, int flags) {
        head(out, FrameType.IDENTITY, PuzzleNonce.LENGTH + 1);
        nonce.write(out);
        out.u8(flags);
    }

    public static void addressToken(WireWriter out, long token) {
        head(out, FrameType.ADDRESS_TOKEN, 8);
        out.u64(token);
    }

    public static void kemKey(WireWriter out, int number, byte[] key) {
        head(out, FrameType.KEM_KEY, 1 + key.length);
        out.u8(number).bytes(key);
    }

    public static void kemCiphertext(WireWriter out, int number, byte[] ciphertext) {
        head(out, FrameType.KEM_CIPHERTEXT, 1 + ciphertext.length);
        out.u8(number).bytes(ciphertext);
    }

    public static void versions(WireWriter out, Versions spoken) {
        head(out, FrameType.VERSIONS, spoken.count());
        spoken.write(out);
    }

    private static void head(WireWriter out, int type, int length) {
        out.u8(type).u16(length);
    }

    private static int ackRangesThatFit(AckRanges ranges, int room) {
        int wanted = Math.min(
                ranges.count(), 1 + (room - FrameType.HEADER - FrameType.ACK_FIRST_RANGE) / FrameType.ACK_RANGE);
        int count = 1;
        while (count < wanted
                && ranges.largest(count - 1) - ranges.smallest(count - 1) <= MAX_U32
                && ranges.smallest(count - 1) - ranges.largest(count) - 2 <= MAX_U32) {
            count++;
        }
        return count;
    }

    private static long numbersLessOne(AckRanges ranges, int i) {
        return Math.min(ranges.largest(i) - ranges.smallest(i), MAX_U32);
    }
}
