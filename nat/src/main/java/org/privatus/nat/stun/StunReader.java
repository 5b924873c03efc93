package org.privatus.nat.stun;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;

/// The reading of one message: what has been seen so far decides what the next attribute may be.
final class StunReader {
    private static final int SHA256_MIN_LENGTH = 16;

    private final byte[] bytes;
    private final WireReader in;
    private final List<StunAttribute> attributes = new ArrayList<>();
    private int sha1At = ReceivedStun.ABSENT;
    private int sha256At = ReceivedStun.ABSENT;
    private boolean fingerprinted;

    StunReader(byte[] bytes) {
        this.bytes = bytes;
        this.in = new WireReader(bytes);
    }

    ReceivedStun read() throws MalformedPacketException {
        int type = in.u16();
        int length = in.u16();
        if (type > StunCodec.MAX_TYPE || (int) in.u32() != StunCodec.COOKIE || length % 4 != 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        TransactionId id = TransactionId.read(in);
        if (length != in.remaining()) {
            throw new MalformedPacketException(length > in.remaining() ? Reason.TRUNCATED : Reason.TOO_LONG);
        }
        while (in.remaining() > 0) {
            readAttribute(id);
        }
        var message = new StunMessage(StunCodec.kindOf(type), StunCodec.methodOf(type), id, attributes);
        return new ReceivedStun(message, bytes, fingerprinted, sha1At, sha256At);
    }

    private void readAttribute(TransactionId id) throws MalformedPacketException {
        int at = in.position();
        int type = in.u16();
        byte[] value = in.bytes(in.u16());
        in.skip(StunCodec.padding(value.length));
        switch (type) {
            case StunAttribute.MESSAGE_INTEGRITY -> sha1(at, value);
            case StunAttribute.MESSAGE_INTEGRITY_SHA256 -> sha256(at, value);
            case StunAttribute.FINGERPRINT -> fingerprint(at, value);
            default -> {
                if (!isSealed()) {
                    attributes.add(AttributeCodec.decode(type, value, id));
                }
            }
        }
    }

    /// Whether an integrity attribute has been seen: of what follows only another one and the fingerprint count.
    private boolean isSealed() {
        return sha1At != ReceivedStun.ABSENT || sha256At != ReceivedStun.ABSENT;
    }

    private void sha1(int at, byte[] value) throws MalformedPacketException {
        expectLength(value, StunCodec.SHA1_LENGTH, StunCodec.SHA1_LENGTH);
        if (!isSealed()) {
            sha1At = at;
        }
    }

    private void sha256(int at, byte[] value) throws MalformedPacketException {
        expectLength(value, SHA256_MIN_LENGTH, StunCodec.SHA256_LENGTH);
        if (sha256At == ReceivedStun.ABSENT) {
            sha256At = at;
        }
    }

    private void fingerprint(int at, byte[] value) throws MalformedPacketException {
        expectLength(value, StunCodec.CRC_LENGTH, StunCodec.CRC_LENGTH);
        if (in.remaining() > 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        if (new WireReader(value).u32() != StunCodec.fingerprint(bytes, at)) {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
        fingerprinted = true;
    }

    private static void expectLength(byte[] value, int least, int most) throws MalformedPacketException {
        if (value.length < least || value.length > most || value.length % 4 != 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
    }
}
