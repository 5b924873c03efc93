package org.privatus.crypto.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.testing.CodecChecks;
import org.privatus.testing.Seeded;

class SignedRecordTest {
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final byte[] SEED = SUITE.ed25519Generate(new SecureRandom());
    private static final SignedRecord RECORD = create("salt", 7, "value");

    @Test
    void what_was_signed_is_read_and_verified() throws MalformedPacketException {
        SignedRecord read = SignedRecord.read(RECORD.toBytes());
        assertThat(read).isEqualTo(RECORD).hasSameHashCodeAs(RECORD);
        assertThat(read.verify(SUITE)).isTrue();
        assertThat(read.key()).isEqualTo(SUITE.ed25519Public(SEED));
        assertThat(read.salt()).asString().isEqualTo("salt");
        assertThat(read.value()).asString().isEqualTo("value");
        assertThat(read.seq()).isEqualTo(7);
        assertThat(read.length()).isEqualTo(RECORD.toBytes().length);
    }

    @Test
    void the_target_is_the_hash_of_key_and_salt() {
        byte[] key = SUITE.ed25519Public(SEED);
        assertThat(RECORD.target())
                .isEqualTo(NodeId.of(SUITE.sha256(key, "salt".getBytes(UTF_8))))
                .isEqualTo(SignedRecord.target(key, "salt".getBytes(UTF_8)))
                .isNotEqualTo(create("", 7, "value").target());
    }

    @Test
    void a_thousand_bytes_is_the_limit() throws MalformedPacketException {
        byte[] salt = new byte[SignedRecord.MAX_SALT_LENGTH];
        byte[] value = new byte[SignedRecord.MAX_VALUE_LENGTH];
        SignedRecord largest = SignedRecord.create(SUITE, SEED, salt, Long.MAX_VALUE, value);
        assertThat(largest.length()).isEqualTo(1000);
        assertThat(SignedRecord.read(largest.toBytes()).verify(SUITE)).isTrue();
        assertThatThrownBy(() -> SignedRecord.create(SUITE, SEED, salt, 1, new byte[value.length + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedRecord.create(SUITE, SEED, new byte[33], 1, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedRecord.read(new byte[1001])).hasMessage("TOO_LONG");
    }

    @Test
    void a_negative_seq_is_refused() {
        assertThatThrownBy(() -> create("", -1, "")).isInstanceOf(IllegalArgumentException.class);
        byte[] bytes = create("", 1, "").toBytes();
        bytes[33] = (byte) 0x80;
        assertThatThrownBy(() -> SignedRecord.read(bytes)).hasMessage("BAD_VALUE");
    }

    @Test
    void the_higher_seq_supersedes_and_of_equals_exactly_one_does() {
        assertThat(create("salt", 8, "").supersedes(RECORD)).isTrue();
        assertThat(RECORD.supersedes(create("salt", 8, ""))).isFalse();
        SignedRecord twin = create("salt", 7, "other");
        assertThat(twin.supersedes(RECORD)).isNotEqualTo(RECORD.supersedes(twin));
        assertThat(RECORD.supersedes(RECORD)).isFalse();
    }

    @Seeded
    void a_flipped_bit_is_refused_or_fails_to_verify(long seed) throws MalformedPacketException {
        var random = new SplittableRandom(seed);
        byte[] bytes = RECORD.toBytes();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        if (CodecChecks.accepts(bytes, SignedRecord::read)) {
            assertThat(SignedRecord.read(bytes).verify(SUITE)).isFalse();
        }
    }

    @Test
    void a_truncated_or_prolonged_record_is_refused() {
        CodecChecks.refusesEveryTruncation(RECORD.toBytes(), SignedRecord::read);
        byte[] longer = Arrays.copyOf(RECORD.toBytes(), RECORD.length() + 1);
        assertThatThrownBy(() -> SignedRecord.read(longer)).hasMessage("TOO_LONG");
    }

    @Seeded
    void noise_is_refused_or_read(long seed) {
        CodecChecks.survivesNoise(seed, RECORD.toBytes(), SignedRecord::read);
    }

    private static SignedRecord create(String salt, long seq, String value) {
        return SignedRecord.create(SUITE, SEED, salt.getBytes(UTF_8), seq, value.getBytes(UTF_8));
    }
}
