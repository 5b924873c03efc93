package org.privatus.node.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.kdf.Hkdf;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.onion.path.PathMemory;

/// The file in which a node keeps its guards: sealed under a key that follows from the node's own, and good for that node
/// in that network alone. Replaced at once or not at all.
///
/// ```
///  "privatus paths 1\n" 17 | node id 32 | network 2 | salt 16 |
///  AEAD(HKDF(salt, node seed, "privatus paths"), nonce 0, ad = all before, memory)
/// ```
final class PathsFile {
    private static final byte[] MAGIC = "privatus paths 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABEL = "privatus paths".getBytes(StandardCharsets.US_ASCII);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int SALT_LENGTH = 16;
    private static final int HEADER_LENGTH = MAGIC.length + NodeId.LENGTH + NetworkId.LENGTH + SALT_LENGTH;
    private static final int MAX_LENGTH = HEADER_LENGTH + PathMemory.MAX_LENGTH + Aead.TAG_LENGTH;

    private final Path file;
    private final CryptoSuite suite;
    private final NodeIdentity identity;
    private final NetworkId network;

    PathsFile(Path file, CryptoSuite suite, NodeIdentity identity, NetworkId network) {
        this.file = file;
        this.suite = suite;
        this.identity = identity;
        this.network = network;
    }

    /// What was found in the file.
    sealed interface Found {
        /// Nothing, where there is no file.
        record Kept(PathMemory memory) implements Found {}

        /// It is not used, and replaced when there is something to keep.
        ///
        /// @param problem for the user
        record Refused(String problem) implements Found {}
    }

    Found read() throws IOException {
        try {
            if (Files.size(file) > MAX_LENGTH) {
                return refused("is longer than such a file can be");
            }
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return new Found.Kept(PathMemory.EMPTY);
        }
    }

    private Found parse(byte[] bytes) {
        try {
            var in = new WireReader(bytes);
            if (!Arrays.equals(in.bytes(MAGIC.length), MAGIC)) {
                return refused("is no list of guards of this version");
            }
            if (!NodeId.read(in).equals(identity.id()) || !NetworkId.read(in).equals(network)) {
                return refused("belongs to another node or network");
            }
            return new Found.Kept(PathMemory.read(open(bytes, in.bytes(SALT_LENGTH))));
        } catch (MalformedPacketException e) {
            return refused("is damaged");
        }
    }

    private Found refused(String what) {
        return new Found.Refused("The file " + file + " " + what + ": guards are chosen anew.");
    }

    private byte[] open(byte[] bytes, byte[] salt) throws MalformedPacketException {
        byte[] memory = new byte[Math.max(0, bytes.length - HEADER_LENGTH)];
        Aead aead = aead(salt);
        int length =
                aead.open(0, bytes, 0, HEADER_LENGTH, bytes, HEADER_LENGTH, bytes.length - HEADER_LENGTH, memory, 0);
        aead.erase();
        if (length < 0) {
            throw new MalformedPacketException(MalformedPacketException.Reason.BAD_TAG);
        }
        return Arrays.copyOf(memory, length);
    }

    void write(PathMemory memory, SecureRandom random) throws IOException {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        byte[] plain = memory.toBytes();
        WireWriter header = WireWriter.allocate(HEADER_LENGTH).bytes(MAGIC);
        identity.id().write(header);
        network.write(header);
        header.bytes(salt);
        byte[] sealed = Arrays.copyOf(header.toBytes(), HEADER_LENGTH + plain.length + Aead.TAG_LENGTH);
        Aead aead = aead(salt);
        aead.seal(0, sealed, 0, HEADER_LENGTH, plain, 0, plain.length, sealed, HEADER_LENGTH);
        aead.erase();
        replace(sealed);
    }

    private Aead aead(byte[] salt) {
        byte[] seed = identity.seed();
        byte[] key = Hkdf.derive(suite, salt, seed, LABEL, Aead.KEY_LENGTH);
        Aead aead = suite.aead(key);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(seed, (byte) 0);
        return aead;
    }

    private FileAttribute<?>[] ownerOnly() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private void replace(byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        var options =
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(fresh, options, ownerOnly())) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
