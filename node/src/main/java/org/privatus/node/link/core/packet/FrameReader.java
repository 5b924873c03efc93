package org.privatus.node.link.core.packet;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.node.link.core.recovery.AckRanges;

/// Reads the frames of {@link FrameType} one by one. A packet with a malformed frame is malformed as a whole: whoever must not act on its first half
/// reads it twice, first with a handler that does nothing.
public final class FrameReader {
    private static final int IPV4 = 4;
    private static final int IPV6 = 6;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MAX_U32 = 0xffff_ffffL;
    private static final byte[] ZEROS = new byte[PacketLayout.MAX_PACKET];

    /// Made with the first acknowledgement: handshakes have none.
    private @Nullable AckRanges ranges;

    /// Reads `length` bytes of payload.
    public void read(byte[] buffer, int offset, int length, FrameHandler handler) throws MalformedPacketException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        var in = new WireReader(buffer, offset, length);
        while (in.remaining() > 0) {
            int type = in.u8();
            if (type == FrameType.PADDING) {
                expectZeros(buffer, offset + in.position(), in.remaining());
                return;
            }
            int bodyLength = in.u16();
            int bodyOffset = offset + in.position();
            in.skip(bodyLength);
            readBody(type, buffer, bodyOffset, bodyLength, handler);
        }
    }

    private void readBody(int type, byte[] buffer, int offset, int length, FrameHandler handler)
            throws MalformedPacketException {
        var in = new WireReader(buffer, offset, length);
        switch (type) {
            case FrameType.PING -> handler.onPing();
            case FrameType.ACK -> readAck(in, handler);
            case FrameType.REQUEST -> {
                handler.onRequest(in.u32(), buffer, offset + 4, in.remaining());
                return;
            }
            case FrameType.ANSWER -> {
                handler.onAnswer(in.u32(), buffer, offset + 4, in.remaining());
                return;
            }
            case FrameType.CHANNEL_OPEN -> handler.onChannelOpen(in.u32());
            case FrameType.CELLS -> {
                readCells(in, buffer, offset, handler);
                return;
            }
            case FrameType.CREDIT -> handler.onCredit(in.u32(), in.u32());
            case FrameType.CHANNEL_CLOSE -> handler.onChannelClose(in.u32(), in.u8(), in.u32());
            case FrameType.OBSERVED_ENDPOINT -> handler.onObservedEndpoint(readEndpoint(in));
            case FrameType.PATH_CHALLENGE -> handler.onPathChallenge(in.u64());
            case FrameType.PATH_RESPONSE -> handler.onPathResponse(in.u64());
            case FrameType.LINK_CLOSE -> handler.onLinkClose(in.u8());
            case FrameType.ADDRESS_TOKEN -> handler.onAddressToken(in.u64());
            case FrameType.KEM_KEY -> handler.onKemKey(in.u8(), in.bytes(KemKeyPair.PUBLIC_KEY_LENGTH));
            case FrameType.KEM_CIPHERTEXT -> handler.onKemCiphertext(in.u8(), in.bytes(KemCapsule.CIPHERTEXT_LENGTH));
            case FrameType.VERSIONS -> handler.onVersions(Versions.read(in));
            case FrameType.IDENTITY -> handler.onIdentity(PuzzleNonce.read(in), in.u8());
            default -> {
                handler.onUnknown(type);
                return;
            }
        }
        in.expectEnd();
    }

    private static void readCells(WireReader in, byte[] buffer, int offset, FrameHandler handler)
            throws MalformedPacketException {
        long channel = in.u32();
        long first = in.u32();
        int bytes = in.remaining();
        int count = bytes / FrameType.CELL_LENGTH;
        if (count == 0 || bytes != count * FrameType.CELL_LENGTH || first + count - 1 > MAX_U32) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        handler.onCells(channel, first, count, buffer, offset + in.position());
    }

    private static Endpoint readEndpoint(WireReader in) throws MalformedPacketException {
        return switch (in.u8()) {
            case IPV4 -> Endpoint.read(in, false);
            case IPV6 -> Endpoint.read(in, true);
            default -> throw new MalformedPacketException(Reason.BAD_VALUE);
        };
    }

    private void readAck(WireReader in, FrameHandler handler) throws MalformedPacketException {
        AckRanges ranges = cleared();
        long largest = in.u64();
        long delayNanos = in.u32() * NANOS_PER_MICRO;
        long smallest = largest - in.u32();
        if (largest < 0 || smallest < 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        ranges.append(smallest, largest);
        while (in.remaining() > 0) {
            largest = smallest - in.u32() - 2;
            smallest = largest - in.u32();
            if (smallest < 0) {
                throw new MalformedPacketException(Reason.BAD_VALUE);
            }
            if (ranges.count() == AckRanges.CAPACITY) {
                throw new MalformedPacketException(Reason.TOO_LONG);
            }
            ranges.append(smallest, largest);
        }
        handler.onAck(ranges, delayNanos);
    }

    private AckRanges cleared() {
        if (ranges == null) {
            ranges = new AckRanges();
        }
        ranges.clear();
        return ranges;
    }

    private static void expectZeros(byte[] buffer, int offset, int length) throws MalformedPacketException {
        int end = offset + length;
        for (int at = offset; at < end; at += ZEROS.length) {
            expectZerosUpTo(Math.min(end, at + ZEROS.length), at, buffer);
        }
    }

    private static void expectZerosUpTo(int end, int at, byte[] buffer) throws MalformedPacketException {
        if (!Arrays.equals(buffer, at, end, ZEROS, 0, end - at)) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
    }
}
