package org.privatus.nat.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.nat.stun.StunAttribute.ErrorCode;
import org.privatus.nat.stun.StunAttribute.MappedAddress;
import org.privatus.nat.stun.StunAttribute.Nonce;
import org.privatus.nat.stun.StunAttribute.Raw;
import org.privatus.nat.stun.StunAttribute.Realm;
import org.privatus.nat.stun.StunAttribute.Software;
import org.privatus.nat.stun.StunAttribute.UnknownAttributes;
import org.privatus.nat.stun.StunAttribute.Username;
import org.privatus.nat.stun.StunAttribute.XorMappedAddress;

/// Values of attributes (RFC 8489 §14).
final class AttributeCodec {
    /// A user name has fewer than 509 bytes (§14.3), other texts at most 128 characters or 763 bytes.
    private static final int MAX_USERNAME_LENGTH = 508;

    private static final int MAX_TEXT_LENGTH = 763;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;

    private AttributeCodec() {}

    static StunAttribute decode(int type, byte[] value, TransactionId id) throws MalformedPacketException {
        return switch (type) {
            case StunAttribute.MAPPED_ADDRESS -> new MappedAddress(address(value, new byte[IPV6_LENGTH]));
            case StunAttribute.XOR_MAPPED_ADDRESS -> new XorMappedAddress(address(value, mask(id)));
            case StunAttribute.USERNAME -> new Username(text(value, 0, MAX_USERNAME_LENGTH));
            case StunAttribute.REALM -> new Realm(text(value, 0, MAX_TEXT_LENGTH));
            case StunAttribute.NONCE -> new Nonce(text(value, 0, MAX_TEXT_LENGTH));
            case StunAttribute.SOFTWARE -> new Software(text(value, 0, MAX_TEXT_LENGTH));
            case StunAttribute.ERROR_CODE -> errorCode(value);
            case StunAttribute.UNKNOWN_ATTRIBUTES -> unknownAttributes(value);
            default -> new Raw(type, value);
        };
    }

    static byte[] encode(StunAttribute attribute, TransactionId id) {
        return switch (attribute) {
            case MappedAddress(Endpoint endpoint) -> address(endpoint, new byte[IPV6_LENGTH]);
            case XorMappedAddress(Endpoint endpoint) -> address(endpoint, mask(id));
            case Username(String value) -> text(value, MAX_USERNAME_LENGTH);
            case Realm(String value) -> text(value, MAX_TEXT_LENGTH);
            case Nonce(String value) -> text(value, MAX_TEXT_LENGTH);
            case Software(String value) -> text(value, MAX_TEXT_LENGTH);
            case ErrorCode(int code, String reason) -> errorCode(code, reason);
            case UnknownAttributes(List<Integer> types) -> unknownAttributes(types);
            case Raw raw -> raw.value();
        };
    }

    // Port and address are both masked from the start of `cookie ‖ transaction id` (§14.2); a mask of zeros is none.
    private static Endpoint address(byte[] value, byte[] mask) throws MalformedPacketException {
        var in = new WireReader(value);
        in.skip(1);
        int family = in.u8();
        byte[] port = in.bytes(Short.BYTES);
        byte[] address = switch (family) {
            case IPV4 -> in.bytes(IPV4_LENGTH);
            case IPV6 -> in.bytes(IPV6_LENGTH);
            default -> throw new MalformedPacketException(Reason.BAD_VALUE);
        };
        in.expectEnd();
        apply(mask, port);
        apply(mask, address);
        return Endpoint.of(address, new WireReader(port).u16());
    }

    private static byte[] address(Endpoint endpoint, byte[] mask) {
        byte[] port = WireWriter.allocate(Short.BYTES).u16(endpoint.port()).toBytes();
        byte[] address = endpoint.address();
        apply(mask, port);
        apply(mask, address);
        return WireWriter.allocate(2 + port.length + address.length)
                .u8(0)
                .u8(endpoint.isIpv4() ? IPV4 : IPV6)
                .bytes(port)
                .bytes(address)
                .toBytes();
    }

    private static byte[] mask(TransactionId id) {
        WireWriter out = WireWriter.allocate(IPV6_LENGTH).u32(StunCodec.COOKIE);
        id.write(out);
        return out.toBytes();
    }

    private static void apply(byte[] mask, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= mask[i];
        }
    }

    private static String text(byte[] value, int from, int most) throws MalformedPacketException {
        if (value.length - from > most) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(value, from, value.length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
    }

    private static byte[] text(String value, int most) {
        byte[] bytes = value.getBytes(UTF_8);
        if (bytes.length > most) {
            throw new IllegalArgumentException(bytes.length + " bytes of text; at most " + most + " are allowed");
        }
        return bytes;
    }

    private static ErrorCode errorCode(byte[] value) throws MalformedPacketException {
        var in = new WireReader(value);
        in.skip(2);
        int hundreds = in.u8() & 7;
        int rest = in.u8();
        if (hundreds < 3 || hundreds > 6 || rest > 99) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return new ErrorCode(100 * hundreds + rest, text(value, in.position(), MAX_TEXT_LENGTH));
    }

    private static byte[] errorCode(int code, String reason) {
        byte[] phrase = text(reason, MAX_TEXT_LENGTH);
        return WireWriter.allocate(4 + phrase.length)
                .u16(0)
                .u8(code / 100)
                .u8(code % 100)
                .bytes(phrase)
                .toBytes();
    }

    private static UnknownAttributes unknownAttributes(byte[] value) throws MalformedPacketException {
        var in = new WireReader(value);
        var types = new ArrayList<Integer>(value.length / 2);
        while (in.remaining() > 0) {
            types.add(in.u16());
        }
        return new UnknownAttributes(types);
    }

    private static byte[] unknownAttributes(List<Integer> types) {
        WireWriter out = WireWriter.allocate(2 * types.size());
        types.forEach(out::u16);
        return out.toBytes();
    }
}
