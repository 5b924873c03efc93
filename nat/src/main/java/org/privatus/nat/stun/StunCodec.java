package org.privatus.nat.stun;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// Bytes of STUN messages (RFC 8489 §5, §14).
///
/// ```
///  0                2        4                     8                  20
///  | 00 | type 14   | length | cookie 0x2112a442   | transaction id 12 | attributes …
///
///  attribute: | type 2 | length 2 | value | padding to a multiple of 4 |
/// ```
/// The type holds 12 bits of method and 2 of class, interleaved as M11–M7 C1 M6–M4 C0 M3–M0. The length is that of
/// the attributes.
public final class StunCodec {
    /// What a message is protected by; encoded in this order.
    public enum Protection {
        /// MESSAGE-INTEGRITY: HMAC-SHA-1, for those who speak only RFC 5389.
        INTEGRITY_SHA1,
        /// MESSAGE-INTEGRITY-SHA256, in full length.
        INTEGRITY_SHA256,
        /// FINGERPRINT: a checksum that tells STUN from what else comes to a port.
        FINGERPRINT,
    }

    static final int HEADER = 20;
    static final int ATTRIBUTE_HEADER = 4;

    static final int MAX_TYPE = 0x3fff;
    static final int COOKIE = 0x2112_a442;
    static final int SHA1_LENGTH = 20;
    static final int SHA256_LENGTH = 32;
    static final int CRC_LENGTH = 4;

    private static final int CRC_MASK = 0x5354_554e;

    private StunCodec() {}

    /// Whether this may be STUN and is no packet of a link: first bits, cookie and length fit.
    public static boolean looksLikeStun(byte[] datagram, int offset, int length) {
        try {
            var in = new WireReader(datagram, offset, length);
            int type = in.u16();
            int attributes = in.u16();
            return type <= MAX_TYPE && (int) in.u32() == COOKIE && attributes == length - HEADER && attributes % 4 == 0;
        } catch (MalformedPacketException e) {
            return false;
        }
    }

    /// Reads one message that fills `bytes`; takes the array over. Attributes behind the integrity are not read:
    /// nobody vouches for them.
    ///
    /// @throws MalformedPacketException `BAD_TAG` when there is a fingerprint and it does not fit
    public static ReceivedStun decode(byte[] bytes) throws MalformedPacketException {
        return new StunReader(bytes).read();
    }

    /// A message that nobody vouches for.
    public static byte[] encode(StunMessage message) {
        return encode(message, StunKey.shortTerm(""), EnumSet.noneOf(Protection.class));
    }

    /// A message with a checksum, and no more.
    public static byte[] encodeWithFingerprint(StunMessage message) {
        return encode(message, StunKey.shortTerm(""), EnumSet.of(Protection.FINGERPRINT));
    }

    /// A message with what `protections` asks for, under `key`.
    public static byte[] encode(StunMessage message, StunKey key, Set<Protection> protections) {
        byte[] bytes = encodeBare(message);
        if (protections.contains(Protection.INTEGRITY_SHA1)) {
            byte[] covered = withLength(bytes, ATTRIBUTE_HEADER + SHA1_LENGTH);
            bytes = appended(covered, StunAttribute.MESSAGE_INTEGRITY, key.mac(false, covered, covered.length));
        }
        if (protections.contains(Protection.INTEGRITY_SHA256)) {
            byte[] covered = withLength(bytes, ATTRIBUTE_HEADER + SHA256_LENGTH);
            bytes = appended(covered, StunAttribute.MESSAGE_INTEGRITY_SHA256, key.mac(true, covered, covered.length));
        }
        if (protections.contains(Protection.FINGERPRINT)) {
            byte[] covered = withLength(bytes, ATTRIBUTE_HEADER + CRC_LENGTH);
            byte[] crc = WireWriter.allocate(CRC_LENGTH)
                    .u32(fingerprint(covered, covered.length))
                    .toBytes();
            bytes = appended(covered, StunAttribute.FINGERPRINT, crc);
        }
        return bytes;
    }

    private static byte[] encodeBare(StunMessage message) {
        List<byte[]> values = message.attributes().stream()
                .map(attribute -> AttributeCodec.encode(attribute, message.id()))
                .toList();
        int length = values.stream()
                .mapToInt(value -> ATTRIBUTE_HEADER + value.length + padding(value.length))
                .sum();
        WireWriter out = WireWriter.allocate(HEADER + length);
        out.u16(type(message.kind(), message.method())).u16(length).u32(COOKIE);
        message.id().write(out);
        for (int i = 0; i < values.size(); i++) {
            append(out, message.attributes().get(i).type(), values.get(i));
        }
        return out.toBytes();
    }

    static int valueLength(byte[] bytes, int at) {
        return ((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff);
    }

    private static void append(WireWriter out, int type, byte[] value) {
        out.u16(type).u16(value.length).bytes(value).zeros(padding(value.length));
    }

    private static byte[] appended(byte[] bytes, int type, byte[] value) {
        WireWriter out = WireWriter.allocate(bytes.length + ATTRIBUTE_HEADER + value.length);
        out.bytes(bytes);
        append(out, type, value);
        return out.toBytes();
    }

    // The length that integrity and fingerprint cover counts the attribute that holds them.
    private static byte[] withLength(byte[] bytes, int following) {
        byte[] copy = bytes.clone();
        new WireWriter(copy, 2).u16(bytes.length - HEADER + following);
        return copy;
    }

    static int padding(int length) {
        return -length & 3;
    }

    static long fingerprint(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue() ^ CRC_MASK;
    }

    private static int type(StunClass kind, int method) {
        int classBits = kind.bits();
        return ((method & 0xf80) << 2)
                | ((classBits & 2) << 7)
                | ((method & 0x70) << 1)
                | ((classBits & 1) << 4)
                | (method & 0xf);
    }

    static int methodOf(int type) {
        return ((type & 0x3e00) >> 2) | ((type & 0xe0) >> 1) | (type & 0xf);
    }

    static StunClass kindOf(int type) {
        int classBits = ((type & 0x100) >> 7) | ((type & 0x10) >> 4);
        return switch (classBits) {
            case 0 -> StunClass.REQUEST;
            case 1 -> StunClass.INDICATION;
            case 2 -> StunClass.SUCCESS;
            default -> StunClass.ERROR;
        };
    }
}
