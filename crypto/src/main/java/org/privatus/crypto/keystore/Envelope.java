package org.privatus.crypto.keystore;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The layout of a keystore file.
///
/// ```
///  0         8         9          10         11      12         16       20
///  | magic 8 | version | contents | wrapping | lanes | memory 4 | passes 4 | salt 32 |
///  52                      100            132
///  | wrapped master key 48 | body salt 32 | n 4 | sealed body n | SHA-256 of all before 32 |
/// ```
/// The first 52 bytes are the header; it is authenticated by the wrapped key, and all before the body by the body.
/// The checksum protects nothing: it tells a damaged file from a wrong passphrase.
final class Envelope {
    static final int MAX_LENGTH = 1 << 16;
    static final int SALT_LENGTH = 32;

    /// The wrapping key lies in a file; there are no parameters.
    static final int BY_KEY_FILE = 0;

    /// The wrapping key is derived by Argon2id.
    static final int BY_PASSPHRASE = 1;

    private static final byte[] MAGIC = "privatus".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEADER_LENGTH = 52;
    private static final int WRAPPED_KEY_LENGTH = 48;
    private static final int BODY_AT = HEADER_LENGTH + WRAPPED_KEY_LENGTH + SALT_LENGTH + Integer.BYTES;
    private static final int CHECKSUM_LENGTH = 32;

    private final byte[] header;
    private final byte[] wrappedKey;
    private final byte[] bodySalt;
    private final byte[] sealedBody;

    Envelope(byte[] header, byte[] wrappedKey, byte[] bodySalt, byte[] sealedBody) {
        this.header = header;
        this.wrappedKey = wrappedKey;
        this.bodySalt = bodySalt;
        this.sealedBody = sealedBody;
    }

    static byte[] headerByKeyFile(Contents contents, byte[] salt) {
        return header(contents, BY_KEY_FILE, 0, 0, 0, salt);
    }

    static byte[] headerByPassphrase(Contents contents, ArgonParameters costs, byte[] salt) {
        return header(contents, BY_PASSPHRASE, costs.lanes(), costs.memoryKib(), costs.passes(), salt);
    }

    private static byte[] header(Contents contents, int wrapping, int lanes, int memory, int passes, byte[] salt) {
        return WireWriter.allocate(HEADER_LENGTH)
                .bytes(MAGIC)
                .u8(VERSION)
                .u8(contents.code())
                .u8(wrapping)
                .u8(lanes)
                .u32(memory)
                .u32(passes)
                .bytes(salt)
                .toBytes();
    }

    /// Checks everything that can be checked without a key.
    ///
    /// @param file only for messages
    static Envelope parse(CryptoSuite suite, Path file, Contents expected, byte[] bytes) throws KeystoreException {
        expectMagic(file, expected, bytes);
        if (bytes.length > MAGIC.length && bytes[MAGIC.length] != VERSION) {
            throw new KeystoreException.UnsupportedVersion(file, bytes[MAGIC.length] & 0xff);
        }
        try {
            var in = new WireReader(bytes);
            byte[] header = in.bytes(HEADER_LENGTH);
            byte[] wrappedKey = in.bytes(WRAPPED_KEY_LENGTH);
            byte[] bodySalt = in.bytes(SALT_LENGTH);
            byte[] sealedBody = in.bytes((int) Math.min(in.u32(), MAX_LENGTH));
            byte[] checksum = in.bytes(CHECKSUM_LENGTH);
            byte[] summed = Arrays.copyOf(bytes, BODY_AT + sealedBody.length);
            if (in.remaining() > 0 || !Arrays.equals(checksum, suite.sha256(summed))) {
                throw new KeystoreException.Damaged(file);
            }
            var envelope = new Envelope(header, wrappedKey, bodySalt, sealedBody);
            envelope.expectSound(file, expected);
            return envelope;
        } catch (MalformedPacketException e) {
            throw new KeystoreException.Truncated(file, bytes.length);
        }
    }

    private static void expectMagic(Path file, Contents expected, byte[] bytes) throws KeystoreException {
        int shared = Math.min(bytes.length, MAGIC.length);
        if (bytes.length > MAX_LENGTH || !Arrays.equals(bytes, 0, shared, MAGIC, 0, shared)) {
            throw new KeystoreException.Foreign(file, expected.words());
        }
    }

    private void expectSound(Path file, Contents expected) throws KeystoreException {
        if (header[9] != expected.code()) {
            throw new KeystoreException.Foreign(file, expected.words());
        }
        if (wrapping() != BY_KEY_FILE && wrapping() != BY_PASSPHRASE) {
            throw new KeystoreException.UnsupportedVersion(file, VERSION);
        }
        if (wrapping() == BY_PASSPHRASE && !ArgonParameters.isWithinBounds(memoryKib(), passes(), lanes())) {
            throw new KeystoreException.ParametersOutOfBounds(file);
        }
    }

    byte[] toBytes(CryptoSuite suite) {
        WireWriter out = WireWriter.allocate(BODY_AT + sealedBody.length + CHECKSUM_LENGTH);
        out.bytes(authenticatedByBody(header, wrappedKey, bodySalt));
        out.u32(sealedBody.length).bytes(sealedBody);
        return out.bytes(suite.sha256(out.toBytes())).toBytes();
    }

    static byte[] authenticatedByBody(byte[] header, byte[] wrappedKey, byte[] bodySalt) {
        return WireWriter.allocate(header.length + wrappedKey.length + bodySalt.length)
                .bytes(header)
                .bytes(wrappedKey)
                .bytes(bodySalt)
                .toBytes();
    }

    int wrapping() {
        return header[10];
    }

    /// Only for a passphrase.
    ArgonParameters parameters() {
        return new ArgonParameters((int) memoryKib(), (int) passes(), lanes());
    }

    private int lanes() {
        return header[11] & 0xff;
    }

    private long memoryKib() {
        return u32(12);
    }

    private long passes() {
        return u32(16);
    }

    private long u32(int at) {
        try {
            return new WireReader(header, at, Integer.BYTES).u32();
        } catch (MalformedPacketException e) {
            throw new IllegalStateException("a header has " + HEADER_LENGTH + " bytes", e);
        }
    }

    byte[] salt() {
        return Arrays.copyOfRange(header, 20, HEADER_LENGTH);
    }

    byte[] header() {
        return header;
    }

    byte[] wrappedKey() {
        return wrappedKey;
    }

    byte[] bodySalt() {
        return bodySalt;
    }

    byte[] sealedBody() {
        return sealedBody;
    }
}
