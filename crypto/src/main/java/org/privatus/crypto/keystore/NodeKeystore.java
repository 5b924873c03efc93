package org.privatus.crypto.keystore;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.identity.PuzzleProof;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// A node's secrets on disk, open: identity and onion keys. It is `node.keystore` in the data directory, sealed under
/// a key in `node.key`, which only its owner can read: a node starts without anybody's passphrase. Nothing of a
/// person is in it.
///
/// Not thread-safe.
public final class NodeKeystore {
    private static final int BODY_VERSION = 1;
    private static final int SECRET_LENGTH = 32;
    private static final int MAX_BODY_LENGTH =
            1 + SECRET_LENGTH + PuzzleNonce.LENGTH + PuzzleProof.LENGTH + 8 + SECRET_LENGTH + 1 + SECRET_LENGTH;

    private final SealedFile file;
    private final NodeIdentity identity;
    private OnionKeys onionKeys;

    private NodeKeystore(SealedFile file, NodeIdentity identity, OnionKeys onionKeys) {
        this.file = file;
        this.identity = identity;
        this.onionKeys = onionKeys;
    }

    public static boolean exists(Path directory) {
        return SealedFile.exists(directory, Contents.NODE);
    }

    /// Writes a new keystore.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when there is one
    public static NodeKeystore create(
            Path directory, CryptoSuite suite, SecureRandom random, NodeIdentity identity, OnionKeys onionKeys)
            throws IOException, KeystoreException {
        byte[] body = encode(identity, onionKeys);
        try {
            var protection = new Protection.ByKeyFile();
            SealedFile file = SealedFile.create(directory, Contents.NODE, suite, random, protection, body);
            return new NodeKeystore(file, identity, onionKeys);
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    public static NodeKeystore open(Path directory, CryptoSuite suite, SecureRandom random)
            throws IOException, KeystoreException {
        SealedFile file = SealedFile.open(directory, Contents.NODE, suite, random, Optional.empty());
        byte[] body = file.body();
        try {
            return decode(file, suite, body);
        } catch (MalformedPacketException e) {
            throw new KeystoreException.Damaged(Contents.NODE.file(directory));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    public NodeIdentity identity() {
        return identity;
    }

    public OnionKeys onionKeys() {
        return onionKeys;
    }

    /// Keeps new onion keys: on disk when this returns. The pairs that they no longer hold are not erased here, since
    /// circuits may be built with them at this moment.
    public void replace(OnionKeys rotated) throws IOException {
        byte[] body = encode(identity, rotated);
        try {
            file.write(body);
            onionKeys = rotated;
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /// Forgets everything.
    public void erase() {
        file.erase();
        identity.erase();
        onionKeys.erase();
    }

    private static byte[] encode(NodeIdentity identity, OnionKeys keys) {
        byte[] buffer = new byte[MAX_BODY_LENGTH];
        var out = new WireWriter(buffer, 0);
        out.u8(BODY_VERSION);
        writeSecret(out, identity.seed());
        identity.nonce().write(out);
        identity.proof().write(out);
        out.u64(keys.rotatedAtEpochMillis());
        writeSecret(out, keys.current().secret());
        out.u8(keys.previous().isPresent() ? 1 : 0);
        keys.previous().ifPresent(pair -> writeSecret(out, pair.secret()));
        byte[] body = out.toBytes();
        Arrays.fill(buffer, (byte) 0);
        return body;
    }

    private static void writeSecret(WireWriter out, byte[] secret) {
        out.bytes(secret);
        Arrays.fill(secret, (byte) 0);
    }

    private static NodeKeystore decode(SealedFile file, CryptoSuite suite, byte[] body)
            throws MalformedPacketException {
        var in = new WireReader(body);
        if (in.u8() != BODY_VERSION) {
            throw new MalformedPacketException(Reason.BAD_VERSION);
        }
        byte[] seed = in.bytes(SECRET_LENGTH);
        NodeIdentity identity = NodeIdentity.restore(suite, seed, PuzzleNonce.read(in), PuzzleProof.read(in));
        Arrays.fill(seed, (byte) 0);
        long rotatedAt = in.u64();
        OnionKeyPair current = readPair(suite, in);
        Optional<OnionKeyPair> previous = in.u8() == 1 ? Optional.of(readPair(suite, in)) : Optional.empty();
        in.expectEnd();
        return new NodeKeystore(file, identity, new OnionKeys(current, previous, rotatedAt));
    }

    private static OnionKeyPair readPair(CryptoSuite suite, WireReader in) throws MalformedPacketException {
        byte[] secret = in.bytes(SECRET_LENGTH);
        OnionKeyPair pair = OnionKeyPair.restore(suite, secret);
        Arrays.fill(secret, (byte) 0);
        return pair;
    }
}
