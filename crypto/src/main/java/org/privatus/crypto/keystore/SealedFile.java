package org.privatus.crypto.keystore;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.privatus.crypto.suite.CryptoSuite;

/// An open keystore file: its body, and its master key to write another body with.
final class SealedFile {
    private static final String WRAP_LABEL = "privatus keystore wrap";

    private final Path directory;
    private final Contents contents;
    private final CryptoSuite suite;
    private final SecureRandom random;
    private final MasterKey master;
    private byte[] header;
    private byte[] wrappedKey;

    private SealedFile(
            Path directory,
            Contents contents,
            CryptoSuite suite,
            SecureRandom random,
            MasterKey master,
            byte[] header,
            byte[] wrappedKey) {
        this.directory = directory;
        this.contents = contents;
        this.suite = suite;
        this.random = random;
        this.master = master;
        this.header = header;
        this.wrappedKey = wrappedKey;
    }

    static boolean exists(Path directory, Contents contents) {
        return Files.exists(contents.file(directory));
    }

    /// A new file around `body`; never in the place of another.
    static SealedFile create(
            Path directory,
            Contents contents,
            CryptoSuite suite,
            SecureRandom random,
            Protection protection,
            byte[] body)
            throws IOException, KeystoreException {
        if (exists(directory, contents)) {
            throw new FileAlreadyExistsException(contents.file(directory).toString());
        }
        MasterKey master = MasterKey.generate(suite, random);
        var file = new SealedFile(directory, contents, suite, random, master, new byte[0], new byte[0]);
        file.protect(protection, body);
        return file;
    }

    /// What stands in the file, before any key is asked for.
    static Envelope read(Path directory, Contents contents, CryptoSuite suite) throws IOException, KeystoreException {
        Path path = contents.file(directory);
        try (var in = Files.newInputStream(path)) {
            return Envelope.parse(suite, path, contents, in.readNBytes(Envelope.MAX_LENGTH + 1));
        }
    }

    static SealedFile open(
            Path directory, Contents contents, CryptoSuite suite, SecureRandom random, Optional<Passphrase> passphrase)
            throws IOException, KeystoreException {
        Envelope envelope = read(directory, contents, suite);
        MasterKey master = unwrap(directory, contents, suite, envelope, passphrase);
        return new SealedFile(directory, contents, suite, random, master, envelope.header(), envelope.wrappedKey());
    }

    private static MasterKey unwrap(
            Path directory, Contents contents, CryptoSuite suite, Envelope envelope, Optional<Passphrase> passphrase)
            throws IOException, KeystoreException {
        Path path = contents.file(directory);
        byte[] header = envelope.header();
        if (envelope.wrapping() == Envelope.BY_KEY_FILE) {
            byte[] key = keyOfFile(directory, contents, suite, envelope.salt());
            return MasterKey.unwrap(suite, key, header, envelope.wrappedKey())
                    .orElseThrow(() -> new KeystoreException.KeyFileMismatch(contents.keyFile(directory), path));
        }
        Passphrase given = passphrase.orElseThrow(() -> new KeystoreException.PassphraseNeeded(path));
        byte[] key = keyOfPassphrase(suite, given, envelope.parameters(), envelope.salt());
        return MasterKey.unwrap(suite, key, header, envelope.wrappedKey())
                .orElseThrow(() -> new KeystoreException.WrongPassphrase(path));
    }

    /// The body as it stands in the file; the caller erases it.
    byte[] body() throws IOException, KeystoreException {
        Envelope envelope = read(directory, contents, suite);
        byte[] authenticated =
                Envelope.authenticatedByBody(envelope.header(), envelope.wrappedKey(), envelope.bodySalt());
        return master.openBody(envelope.bodySalt(), authenticated, envelope.sealedBody())
                .orElseThrow(() -> new KeystoreException.Damaged(contents.file(directory)));
    }

    /// Replaces the body.
    void write(byte[] body) throws IOException {
        write(header, wrappedKey, body);
    }

    /// Wraps the master key anew and writes `body` with it. A key file is written before it is needed, and deleted only
    /// after it is not. When writing fails, everything is as it was.
    void protect(Protection protection, byte[] body) throws IOException, KeystoreException {
        byte[] salt = salt();
        switch (protection) {
            case Protection.ByKeyFile _ -> {
                ensureKeyFile();
                byte[] key = keyOfFile(directory, contents, suite, salt);
                rewrap(Envelope.headerByKeyFile(contents, salt), key, body);
            }
            case Protection.ByPassphrase(Passphrase passphrase, ArgonParameters parameters) -> {
                byte[] key = keyOfPassphrase(suite, passphrase, parameters, salt);
                rewrap(Envelope.headerByPassphrase(contents, parameters, salt), key, body);
                Files.deleteIfExists(contents.keyFile(directory));
            }
        }
    }

    private void rewrap(byte[] newHeader, byte[] wrappingKey, byte[] body) throws IOException {
        byte[] newWrappedKey = master.wrap(wrappingKey, newHeader);
        write(newHeader, newWrappedKey, body);
        header = newHeader;
        wrappedKey = newWrappedKey;
    }

    private void write(byte[] withHeader, byte[] withWrappedKey, byte[] body) throws IOException {
        byte[] salt = salt();
        byte[] authenticated = Envelope.authenticatedByBody(withHeader, withWrappedKey, salt);
        byte[] sealed = master.sealBody(salt, authenticated, body);
        var envelope = new Envelope(withHeader, withWrappedKey, salt, sealed);
        AtomicFile.write(directory, contents.fileName(), envelope.toBytes(suite));
    }

    byte[] derive(String label) {
        return master.derive(label);
    }

    void erase() {
        master.erase();
    }

    // One that is there already may belong to a keystore that somebody is about to restore: it is used, never replaced.
    private void ensureKeyFile() throws IOException {
        Path keyFile = contents.keyFile(directory);
        if (!Files.exists(keyFile)) {
            byte[] key = new byte[MasterKey.LENGTH];
            random.nextBytes(key);
            AtomicFile.write(directory, contents.keyFileName(), key);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] keyOfFile(Path directory, Contents contents, CryptoSuite suite, byte[] salt)
            throws IOException, KeystoreException {
        Path keyFile = contents.keyFile(directory);
        try (var in = Files.newInputStream(keyFile)) {
            if (AtomicFile.isOpenToOthers(keyFile)) {
                throw new KeystoreException.TooOpen(keyFile);
            }
            byte[] key = in.readNBytes(MasterKey.LENGTH + 1);
            if (key.length != MasterKey.LENGTH) {
                throw new KeystoreException.KeyFileMismatch(keyFile, contents.file(directory));
            }
            byte[] wrapping = MasterKey.hkdf(suite, salt, key, WRAP_LABEL);
            Arrays.fill(key, (byte) 0);
            return wrapping;
        } catch (NoSuchFileException e) {
            throw new KeystoreException.KeyFileMissing(keyFile, contents.file(directory));
        }
    }

    private static byte[] keyOfPassphrase(
            CryptoSuite suite, Passphrase passphrase, ArgonParameters parameters, byte[] salt) {
        return suite.argon2id(
                passphrase.utf8(),
                salt,
                parameters.memoryKib(),
                parameters.passes(),
                parameters.lanes(),
                MasterKey.LENGTH);
    }

    private byte[] salt() {
        byte[] salt = new byte[Envelope.SALT_LENGTH];
        random.nextBytes(salt);
        return salt;
    }
}
