package org.privatus.crypto.keystore;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.privatus.crypto.identity.AddressSecret;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// A person's secrets on disk, unlocked: identity and the key of the database. It is `person.keystore` in the data
/// directory, and `person.key` where no passphrase protects it.
///
/// Opening by passphrase takes a quarter of a second and 64 MiB: call it where that hurts nobody. Not thread-safe.
/// [#erase()] locks again, as far as the memory of a JVM can be cleared.
public final class PersonKeystore {
    private static final int BODY_VERSION = 1;
    private static final int SEED_LENGTH = 32;
    private static final int BODY_LENGTH = 1 + SEED_LENGTH + AddressSecret.LENGTH;

    private final SealedFile file;
    private final PersonIdentity identity;

    private PersonKeystore(SealedFile file, PersonIdentity identity) {
        this.file = file;
        this.identity = identity;
    }

    public static boolean exists(Path directory) {
        return SealedFile.exists(directory, Contents.PERSON);
    }

    /// Whether [#open] will want a passphrase.
    public static boolean needsPassphrase(Path directory, CryptoSuite suite) throws IOException, KeystoreException {
        return SealedFile.read(directory, Contents.PERSON, suite).wrapping() == Envelope.BY_PASSPHRASE;
    }

    /// Writes a new keystore.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when there is one
    public static PersonKeystore create(
            Path directory, CryptoSuite suite, SecureRandom random, Protection protection, PersonIdentity identity)
            throws IOException, KeystoreException {
        byte[] body = encode(identity);
        try {
            SealedFile file = SealedFile.create(directory, Contents.PERSON, suite, random, protection, body);
            return new PersonKeystore(file, identity);
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /// Opens the keystore; a passphrase that it does not need is not looked at.
    public static PersonKeystore open(
            Path directory, CryptoSuite suite, SecureRandom random, Optional<Passphrase> passphrase)
            throws IOException, KeystoreException {
        SealedFile file = SealedFile.open(directory, Contents.PERSON, suite, random, passphrase);
        byte[] body = file.body();
        try {
            return new PersonKeystore(file, decode(suite, body));
        } catch (MalformedPacketException e) {
            throw new KeystoreException.Damaged(Contents.PERSON.file(directory));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    public PersonIdentity identity() {
        return identity;
    }

    /// The 32-byte key of this person's database, derived from the master key; the caller erases it. A new passphrase
    /// does not change it.
    public byte[] databaseKey() {
        return file.derive("privatus database");
    }

    /// Sets or changes the passphrase, or takes it away. It counts from now on: copies of the file made before still
    /// open with the old one.
    public void protect(Protection protection) throws IOException, KeystoreException {
        byte[] body = encode(identity);
        try {
            file.protect(protection, body);
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /// Forgets master key and identity.
    public void erase() {
        file.erase();
        identity.erase();
    }

    private static byte[] encode(PersonIdentity identity) {
        byte[] seed = identity.seed();
        byte[] address = identity.addressSecret().toBytes();
        byte[] body = new byte[BODY_LENGTH];
        new WireWriter(body, 0).u8(BODY_VERSION).bytes(seed).bytes(address);
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(address, (byte) 0);
        return body;
    }

    private static PersonIdentity decode(CryptoSuite suite, byte[] body) throws MalformedPacketException {
        var in = new WireReader(body);
        if (in.u8() != BODY_VERSION) {
            throw new MalformedPacketException(MalformedPacketException.Reason.BAD_VERSION);
        }
        byte[] seed = in.bytes(SEED_LENGTH);
        byte[] address = in.bytes(AddressSecret.LENGTH);
        in.expectEnd();
        try {
            return PersonIdentity.restore(suite, seed, address);
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(address, (byte) 0);
        }
    }
}
