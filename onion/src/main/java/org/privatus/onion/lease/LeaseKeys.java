package org.privatus.onion.lease;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.kdf.Hkdf;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireWriter;

/// Where the leases of one address lie during one period, and what they are verified and sealed with. It follows from the
/// address, so whoever holds that finds the lease and opens it; only the owner of the person's key can sign one, since the
/// record's key is the person's, blinded for the period (rend-spec-v3 A.2). Whoever stores a lease learns neither whose it
/// is nor what it says, and cannot connect periods.
///
/// A period lasts 24 h and begins at a time of day that depends on the address, so that not everybody moves at once.
///
/// ```
///  s 32 ‖ seal 32 = HKDF(salt "privatus lease 2", secret, network 2 ‖ person key 32 ‖ period 8)
///  parameter      = SHA3-256("Derive temporary signing key" ‖ zero 1 ‖ person key 32 ‖ s ‖ base point, as the text of A.2 ‖
///                            "key-blind" ‖ period 8 ‖ 1440 8)
///  record key     = the person's key, blinded with the parameter (CryptoSuite.ed25519BlindedPublic)
///  record value   = salt 16 ‖ AEAD(HKDF(salt, seal, "privatus lease value"), nonce 0,
///                                     ad = record key 32 ‖ seq 8, lease 512)
/// ```
public final class LeaseKeys {
    public static final long PERIOD_MILLIS = TimeUnit.HOURS.toMillis(24);

    /// What {@link #derive} costs.
    public static final Cost DERIVE = Cost.verifications(2);

    /// What {@link #seal} costs.
    public static final Cost SEAL = Cost.verifications(2);

    private static final int SALT_LENGTH = 16;
    private static final int VALUE_LENGTH = SALT_LENGTH + Lease.LENGTH + Aead.TAG_LENGTH;
    private static final byte[] NO_SALT = new byte[0];
    private static final byte[] LABEL = ascii("privatus lease 2");
    private static final byte[] BLINDING_LABEL = ascii("Derive temporary signing key\0");
    private static final byte[] PERIOD_LABEL = ascii("key-blind");
    private static final byte[] BASE_POINT =
            ascii("(15112221349535400772501151409588531511454012693041857206046113283949847762202, "
                    + "46316835694926478169428394003475163141307993866256225615783033603165251855960)");
    private static final byte[] VALUE_LABEL = ascii("privatus lease value");
    private static final byte[] OFFSET_LABEL = ascii("privatus lease offset");

    private final long period;
    private final byte[] parameter;
    private final byte[] sealing;
    private final byte[] recordKey;

    private LeaseKeys(long period, byte[] parameter, byte[] sealing, byte[] recordKey) {
        this.period = period;
        this.parameter = parameter;
        this.sealing = sealing;
        this.recordKey = recordKey;
    }

    /// The period at this date.
    public static long period(CryptoSuite suite, PersonAddress address, long epochMillis) {
        return Math.floorDiv(epochMillis + offset(suite, address), PERIOD_MILLIS);
    }

    /// When this period ends.
    public static long endEpochMillis(CryptoSuite suite, PersonAddress address, long period) {
        return (period + 1) * PERIOD_MILLIS - offset(suite, address);
    }

    private static long offset(CryptoSuite suite, PersonAddress address) {
        byte[] secret = address.secret().toBytes();
        byte[] hash = suite.hmacSha256(secret, OFFSET_LABEL);
        Arrays.fill(secret, (byte) 0);
        long offset = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            offset = offset << 8 | (hash[i] & 0xff);
        }
        return offset % PERIOD_MILLIS;
    }

    /// The keys of one period, from the address alone.
    ///
    /// @throws MalformedPacketException if the person's key is none that can be blinded
    public static LeaseKeys derive(CryptoSuite suite, PersonAddress address, long period)
            throws MalformedPacketException {
        WireWriter info = WireWriter.allocate(42);
        address.network().write(info);
        address.key().write(info);
        info.u64(period);
        byte[] secret = address.secret().toBytes();
        byte[] keys = Hkdf.derive(suite, LABEL, secret, info.toBytes(), 64);
        Arrays.fill(secret, (byte) 0);
        byte[] shared = Arrays.copyOf(keys, 32);
        byte[] sealing = Arrays.copyOfRange(keys, 32, 64);
        byte[] person = address.key().toBytes();
        byte[] when = WireWriter.allocate(2 * Long.BYTES)
                .u64(period)
                .u64(TimeUnit.MILLISECONDS.toMinutes(PERIOD_MILLIS))
                .toBytes();
        byte[] parameter = suite.sha3(BLINDING_LABEL, person, shared, BASE_POINT, PERIOD_LABEL, when);
        Arrays.fill(keys, (byte) 0);
        Arrays.fill(shared, (byte) 0);
        return new LeaseKeys(period, parameter, sealing, suite.ed25519BlindedPublic(person, parameter));
    }

    public long period() {
        return period;
    }

    /// Where the lease of this period is stored.
    public NodeId target() {
        return SignedRecord.target(recordKey, NO_SALT);
    }

    /// Seals and signs. The key of the seal is fresh each time: a clock that was set back repeats no nonce.
    public SignedRecord seal(CryptoSuite suite, LeaseOwner owner, Lease lease, long seq, SecureRandom keys) {
        byte[] salt = new byte[SALT_LENGTH];
        keys.nextBytes(salt);
        byte[] value = Arrays.copyOf(salt, VALUE_LENGTH);
        byte[] plain = lease.toBytes();
        byte[] ad = associated(seq);
        Aead aead = aead(suite, salt);
        aead.seal(0, ad, 0, ad.length, plain, 0, plain.length, value, SALT_LENGTH);
        aead.erase();
        return SignedRecord.create(recordKey, message -> owner.sign(suite, parameter, message), NO_SALT, seq, value);
    }

    /// Verifies, opens and reads.
    public Lease open(CryptoSuite suite, SignedRecord record) throws MalformedPacketException {
        if (!Arrays.equals(record.key(), recordKey) || record.salt().length != 0) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        if (!record.verify(suite)) {
            throw new MalformedPacketException(Reason.BAD_SIGNATURE);
        }
        byte[] value = record.value();
        if (value.length != VALUE_LENGTH) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        byte[] ad = associated(record.seq());
        byte[] plain = new byte[Lease.LENGTH];
        Aead aead = aead(suite, Arrays.copyOf(value, SALT_LENGTH));
        int length = aead.open(0, ad, 0, ad.length, value, SALT_LENGTH, value.length - SALT_LENGTH, plain, 0);
        aead.erase();
        if (length != Lease.LENGTH) {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
        return Lease.read(plain);
    }

    private byte[] associated(long seq) {
        return WireWriter.allocate(recordKey.length + Long.BYTES)
                .bytes(recordKey)
                .u64(seq)
                .toBytes();
    }

    private Aead aead(CryptoSuite suite, byte[] salt) {
        byte[] key = Hkdf.derive(suite, salt, sealing, VALUE_LABEL, Aead.KEY_LENGTH);
        Aead aead = suite.aead(key);
        Arrays.fill(key, (byte) 0);
        return aead;
    }

    public void erase() {
        Arrays.fill(parameter, (byte) 0);
        Arrays.fill(sealing, (byte) 0);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
