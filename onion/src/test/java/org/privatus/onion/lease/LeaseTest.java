package org.privatus.onion.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.testing.CodecChecks;
import org.privatus.testing.Seeded;
import org.privatus.testing.Vectors;

class LeaseTest {
    private static final long NOW = 1_760_000_000_000L;
    private final CryptoSuite suite = new StandardSuite();
    private final SecureRandom keys = new SecureRandom();
    private final LeaseOwner owner = LeaseOwner.of(PersonIdentity.generate(suite, keys), NetworkId.DEV);
    private final PersonAddress bob = owner.address();
    private final LeaseKeys period;

    LeaseTest() throws MalformedPacketException {
        period = LeaseKeys.derive(suite, bob, LeaseKeys.period(suite, bob, NOW));
    }

    private LeaseGateway gateway(String endpoint) {
        Contact contact = NodeIdentity.generate(suite, keys, 0).contact(Endpoint.parse(endpoint), Contact.RELAYS);
        byte[] token = new byte[32];
        keys.nextBytes(token);
        return new LeaseGateway(contact, OnionKeyPair.generate(suite, keys).key(), token);
    }

    private Lease lease(String... endpoints) {
        return new Lease(List.of(endpoints).stream().map(this::gateway).toList(), NOW, NOW + 3_600_000);
    }

    @Test
    void a_sealed_lease_opens_and_has_always_one_size() throws MalformedPacketException {
        Lease small = lease("1.2.3.4:5");
        Lease large = lease("[2001:db8::1]:5", "[2001:db8::2]:5");
        SignedRecord first = period.seal(suite, owner, small, NOW, keys);
        SignedRecord second = period.seal(suite, owner, large, NOW + 1, keys);
        assertThat(period.open(suite, first)).isEqualTo(small);
        assertThat(period.open(suite, second)).isEqualTo(large);
        assertThat(first.length()).isEqualTo(second.length()).isLessThanOrEqualTo(SignedRecord.MAX_LENGTH);
        assertThat(first.target()).isEqualTo(period.target());
    }

    @Test
    void sealing_twice_shares_no_bytes_of_key_or_nonce() {
        Lease lease = lease("1.2.3.4:5");
        assertThat(period.seal(suite, owner, lease, NOW, keys).value())
                .isNotEqualTo(period.seal(suite, owner, lease, NOW, keys).value());
    }

    @Test
    void every_flipped_bit_is_noticed() {
        byte[] record = period.seal(suite, owner, lease("1.2.3.4:5"), NOW, keys).toBytes();
        for (int i = 0; i < record.length; i += 7) {
            byte[] changed = record.clone();
            changed[i] ^= 1;
            assertThat(CodecChecks.accepts(changed, bytes -> period.open(suite, SignedRecord.read(bytes))))
                    .as("byte %d", i)
                    .isFalse();
        }
    }

    @Test
    void another_person_or_period_opens_nothing() throws MalformedPacketException {
        SignedRecord record = period.seal(suite, owner, lease("1.2.3.4:5"), NOW, keys);
        PersonAddress other = PersonIdentity.generate(suite, keys).address(NetworkId.DEV);
        for (LeaseKeys wrong : List.of(
                LeaseKeys.derive(suite, other, period.period()), LeaseKeys.derive(suite, bob, period.period() + 1))) {
            assertThat(wrong.target()).isNotEqualTo(period.target());
            assertThatThrownBy(() -> wrong.open(suite, record)).isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void whoever_has_the_address_alone_signs_no_lease() throws MalformedPacketException {
        PersonIdentity somebody = PersonIdentity.generate(suite, keys);
        LeaseKeys found = LeaseKeys.derive(suite, bob, period.period());
        SignedRecord forged = found.seal(suite, LeaseOwner.of(somebody, NetworkId.DEV), lease("1.2.3.4:5"), NOW, keys);
        assertThat(forged.target()).isEqualTo(period.target());
        assertThat(forged.verify(suite)).isFalse();
        assertThatThrownBy(() -> period.open(suite, forged)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void an_erased_owner_signs_nothing_that_verifies() {
        owner.erase();
        assertThat(period.seal(suite, owner, lease("1.2.3.4:5"), NOW, keys).verify(suite))
                .isFalse();
    }

    @Test
    void an_address_with_a_key_of_small_order_leads_nowhere() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        PersonAddress weak = new PersonAddress(NetworkId.DEV, PersonKey.of(neutral), bob.secret());
        assertThatThrownBy(() -> LeaseKeys.derive(suite, weak, 1)).isInstanceOf(MalformedPacketException.class);
    }

    /// Worked out with another implementation of appendix A.2.
    @Test
    void a_known_address_has_a_known_record_key() throws MalformedPacketException {
        PersonIdentity known = PersonIdentity.restore(suite, new byte[32], new byte[32]);
        LeaseKeys keysOfIt = LeaseKeys.derive(suite, known.address(NetworkId.DEV), 20_000);
        assertThat(keysOfIt.target().toBytes())
                .isEqualTo(Vectors.hex("1d0adcc1f2fa7adf67965a2ce73e607de2d5fd3923e5f22272029f4eb4f6df4f"));
    }

    @Test
    void a_period_lasts_a_day_and_begins_when_the_address_says() {
        long end = LeaseKeys.endEpochMillis(suite, bob, period.period());
        assertThat(end).isBetween(NOW + 1, NOW + LeaseKeys.PERIOD_MILLIS);
        assertThat(LeaseKeys.period(suite, bob, end - 1)).isEqualTo(period.period());
        assertThat(LeaseKeys.period(suite, bob, end)).isEqualTo(period.period() + 1);
        long others = java.util.stream.IntStream.range(0, 20)
                .mapToLong(i -> {
                    PersonAddress other = PersonIdentity.generate(suite, keys).address(NetworkId.DEV);
                    return LeaseKeys.endEpochMillis(suite, other, LeaseKeys.period(suite, other, NOW));
                })
                .distinct()
                .count();
        assertThat(others).isGreaterThan(15);
    }

    @Seeded
    void plain_leases_survive_noise(long seed) {
        byte[] plain = lease("1.2.3.4:5", "[2001:db8::2]:5").toBytes();
        assertThat(plain).hasSize(512);
        CodecChecks.survivesNoise(seed, plain, Lease::read);
    }

    @Test
    void plain_leases_are_read_whole_or_not_at_all() {
        CodecChecks.refusesEveryTruncation(lease("1.2.3.4:5").toBytes(), Lease::read);
    }
}
