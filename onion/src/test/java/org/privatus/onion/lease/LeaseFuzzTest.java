package org.privatus.onion.lease;

import static org.privatus.testing.Fuzzing.BASE_BYTES;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.testing.Fuzzing;
import org.privatus.testing.Seeded;

class LeaseFuzzTest {
    private static final int SOAK_SECONDS = 60;
    private static final long NOW = 1_760_000_000_000L;

    /// Signatures are checked with big integers of the JDK.
    private static final long SEALED_BYTES = 4 << 20;

    private final CryptoSuite suite = new StandardSuite();
    private final SecureRandom keys = new SecureRandom();

    @Seeded(5)
    void leases_are_read_or_refused_and_nothing_else_happens(long seed) {
        plain().mutations(seed, 1_000);
    }

    @Seeded(3)
    void sealed_ones_are_opened_or_refused_and_nothing_else_happens(long seed) throws Exception {
        sealed().mutations(seed, 40);
    }

    /// For a minute each.
    @Test
    @Tag("soak")
    void the_same_for_long() throws Exception {
        plain().mutationsFor(SOAK_SECONDS);
        sealed().mutationsFor(SOAK_SECONDS);
    }

    private Fuzzing plain() {
        List<byte[]> good = List.of(
                lease("1.2.3.4:5").toBytes(),
                lease("1.2.3.4:5", "[2001:db8::1]:5").toBytes());
        return new Fuzzing("lease", BASE_BYTES, 16, good, Lease::read);
    }

    private Fuzzing sealed() throws Exception {
        LeaseOwner owner = LeaseOwner.of(PersonIdentity.generate(suite, keys), NetworkId.DEV);
        LeaseKeys period = LeaseKeys.derive(suite, owner.address(), LeaseKeys.period(suite, owner.address(), NOW));
        byte[] record = period.seal(suite, owner, lease("1.2.3.4:5"), NOW, keys).toBytes();
        return new Fuzzing(
                "sealed-lease",
                SEALED_BYTES,
                64,
                List.of(record),
                bytes -> period.open(suite, SignedRecord.read(bytes)));
    }

    private Lease lease(String... endpoints) {
        return new Lease(Stream.of(endpoints).map(this::gateway).toList(), NOW, NOW + 3_600_000);
    }

    private LeaseGateway gateway(String endpoint) {
        Contact contact = NodeIdentity.generate(suite, keys, 0).contact(Endpoint.parse(endpoint), Contact.RELAYS);
        return new LeaseGateway(contact, OnionKeyPair.generate(suite, keys).key(), new byte[32]);
    }
}
