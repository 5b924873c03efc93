package org.privatus.crypto.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// A value that the owner of an Ed25519 key put into the DHT and may replace: at most 1,000 bytes with everything.
/// Immutable. After BEP 44, with a binary layout and no compare-and-swap.
///
/// ```
///  0        32       33
///  | key 32 | n 1    | salt n ≤ 32 | seq 8 | length 2 | value | signature 64 |
/// ```
/// The signature covers `"privatus record" ‖` all before it. One key holds as many records as it has salts. What
/// [#read] returned is a claim until it is verified.
public final class SignedRecord {
    public static final int MAX_LENGTH = 1000;
    public static final int MAX_SALT_LENGTH = 32;

    /// The longest value that fits beside a salt of full length; a shorter salt leaves more room.
    public static final int MAX_VALUE_LENGTH = MAX_LENGTH - 32 - 1 - MAX_SALT_LENGTH - 8 - 2 - 64;

    /// What [#verify] costs.
    public static final Cost VERIFY = Cost.verifications(1);

    private static final int KEY_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;
    private static final byte[] LABEL = "privatus record".getBytes(StandardCharsets.US_ASCII);

    private final byte[] encoded;
    private final int saltLength;
    private final long seq;

    private SignedRecord(byte[] encoded, int saltLength, long seq) {
        this.encoded = encoded;
        this.saltLength = saltLength;
        this.seq = seq;
    }

    /// Signs with the key of `seed`.
    ///
    /// @param seq not negative; the higher one replaces the lower
    /// @throws IllegalArgumentException when it would be too long
    public static SignedRecord create(CryptoSuite suite, byte[] seed, byte[] salt, long seq, byte[] value) {
        return create(suite.ed25519Public(seed), message -> suite.ed25519Sign(seed, message), salt, seq, value);
    }

    /// As [#create(CryptoSuite, byte[], byte[], long, byte[])] for the public key `key`.
    ///
    /// @param sign yields the key's signature of what it is given
    public static SignedRecord create(byte[] key, UnaryOperator<byte[]> sign, byte[] salt, long seq, byte[] value) {
        int length = KEY_LENGTH + 1 + salt.length + 8 + 2 + value.length + SIGNATURE_LENGTH;
        if (salt.length > MAX_SALT_LENGTH || length > MAX_LENGTH || seq < 0) {
            throw new IllegalArgumentException(
                    "salt of " + salt.length + " and value of " + value.length + " bytes, seq " + seq);
        }
        WireWriter out = WireWriter.allocate(length);
        out.bytes(key).u8(salt.length).bytes(salt).u64(seq);
        out.u16(value.length).bytes(value);
        out.bytes(sign.apply(signed(out.toBytes())));
        return new SignedRecord(out.toBytes(), salt.length, seq);
    }

    /// Reads one, unverified.
    public static SignedRecord read(byte[] bytes) throws MalformedPacketException {
        if (bytes.length > MAX_LENGTH) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        var in = new WireReader(bytes);
        in.skip(KEY_LENGTH);
        int saltLength = in.u8();
        if (saltLength > MAX_SALT_LENGTH) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        in.skip(saltLength);
        long seq = in.u64();
        if (seq < 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        in.skip(in.u16());
        in.skip(SIGNATURE_LENGTH);
        in.expectEnd();
        return new SignedRecord(bytes.clone(), saltLength, seq);
    }

    public boolean verify(CryptoSuite suite) {
        int signedLength = encoded.length - SIGNATURE_LENGTH;
        byte[] message = signed(Arrays.copyOf(encoded, signedLength));
        return suite.ed25519Verify(key(), message, Arrays.copyOfRange(encoded, signedLength, encoded.length));
    }

    private static byte[] signed(byte[] body) {
        return WireWriter.allocate(LABEL.length + body.length)
                .bytes(LABEL)
                .bytes(body)
                .toBytes();
    }

    /// Where it is stored: `SHA-256(key ‖ salt)`.
    public NodeId target() {
        return target(key(), salt());
    }

    /// Where the record of `key` and `salt` is stored.
    public static NodeId target(byte[] key, byte[] salt) {
        return NodeId.hashOf(key, salt);
    }

    /// Whether this takes the place of `other`, of the same target: the higher seq wins, and of equal ones the
    /// greater bytes, so that all who store it decide alike.
    public boolean supersedes(SignedRecord other) {
        return seq != other.seq ? seq > other.seq : Arrays.compareUnsigned(encoded, other.encoded) > 0;
    }

    /// The Ed25519 public key, a copy.
    public byte[] key() {
        return Arrays.copyOf(encoded, KEY_LENGTH);
    }

    /// A copy, possibly empty.
    public byte[] salt() {
        return Arrays.copyOfRange(encoded, KEY_LENGTH + 1, KEY_LENGTH + 1 + saltLength);
    }

    public long seq() {
        return seq;
    }

    /// A copy.
    public byte[] value() {
        int from = KEY_LENGTH + 1 + saltLength + 8 + 2;
        return Arrays.copyOfRange(encoded, from, encoded.length - SIGNATURE_LENGTH);
    }

    /// Bytes of the whole.
    public int length() {
        return encoded.length;
    }

    /// A copy of all bytes: what [#read] reads.
    public byte[] toBytes() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedRecord that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "SignedRecord " + target() + " seq " + seq;
    }
}
