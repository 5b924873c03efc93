package org.privatus.simulation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.suite.Uiv;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.random.SimulatedSecureRandom;
import org.privatus.testing.Seeded;

/// What protocols rely on in any suite: sizes, agreement of both sides, and that a flipped bit is noticed.
abstract class CryptoSuiteContract {
    private static final byte[] NONE = {};

    private final CryptoSuite suite = suite();
    private final SecureRandom keys = new SimulatedSecureRandom(CounterRandom.of(1, 0, "test", 0));

    abstract CryptoSuite suite();

    @Test
    void hashes_have_their_lengths() {
        assertThat(suite.sha256(bytes(5))).hasSize(32);
        assertThat(suite.sha3()).hasSize(32);
        assertThat(suite.hmacSha256(NONE, bytes(5))).hasSize(32);
        assertThat(suite.shake256(160, bytes(5))).hasSize(160);
        assertThat(suite.shake256(0, bytes(5))).isEmpty();
        assertThat(suite.argon2id(bytes(8), bytes(16), 64, 1, 1, 16)).hasSize(16);
    }

    @Seeded
    void hashes_depend_on_the_concatenation_alone(long seed) {
        var random = new SplittableRandom(seed);
        byte[] whole = bytes(random, random.nextInt(100));
        int cut = random.nextInt(whole.length + 1);
        byte[] head = Arrays.copyOf(whole, cut);
        byte[] tail = Arrays.copyOfRange(whole, cut, whole.length);
        byte[] key = bytes(random, 32);
        assertThat(suite.sha256(head, tail)).isEqualTo(suite.sha256(whole));
        assertThat(suite.sha256(head, whole, cut, tail.length)).isEqualTo(suite.sha256(whole));
        assertThat(suite.sha3(head, NONE, tail)).isEqualTo(suite.sha3(whole));
        assertThat(suite.shake256(50, head, tail)).isEqualTo(suite.shake256(50, whole));
        assertThat(suite.hmacSha256(key, head, tail)).isEqualTo(suite.hmacSha256(key, whole));
        assertThat(Arrays.copyOf(suite.shake256(200, whole), 50)).isEqualTo(suite.shake256(50, whole));
    }

    @Seeded
    void hashes_go_into_arrays_that_are_given_and_may_be_inputs(long seed) {
        var random = new SplittableRandom(seed);
        byte[] head = bytes(random, 32);
        byte[] data = bytes(random, 200);
        int offset = random.nextInt(100);
        int length = random.nextInt(100);
        byte[] part = Arrays.copyOfRange(data, offset, offset + length);

        byte[] hash = suite.sha256(head, part);
        assertThat(suite.sha256(head, data, offset, length)).isEqualTo(hash);
        byte[] inPlace = head.clone();
        suite.sha256(inPlace, data, offset, length, inPlace);
        assertThat(inPlace).isEqualTo(hash);

        byte[] mac = suite.hmacSha256(head, part);
        assertThat(suite.hmacSha256(head, data, offset, length)).isEqualTo(mac);
        byte[] overKey = head.clone();
        suite.hmacSha256(overKey, data, offset, length, overKey, 0);
        assertThat(overKey).isEqualTo(mac);
        byte[] overData = data.clone();
        suite.hmacSha256(head, overData, offset, length, overData, offset);
        assertThat(Arrays.copyOfRange(overData, offset, offset + 32)).isEqualTo(mac);
        assertThat(Arrays.copyOf(overData, offset)).isEqualTo(Arrays.copyOf(data, offset));
    }

    @Seeded
    void hashes_change_with_every_bit_and_with_the_length(long seed) {
        var random = new SplittableRandom(seed);
        byte[] message = bytes(random, 1 + random.nextInt(100));
        byte[] flipped = flip(random, message);
        byte[] longer = Arrays.copyOf(message, message.length + 1);
        byte[] key = bytes(random, 32);
        for (byte[] other : List.of(flipped, longer)) {
            assertThat(suite.sha256(other)).isNotEqualTo(suite.sha256(message));
            assertThat(suite.sha3(other)).isNotEqualTo(suite.sha3(message));
            assertThat(suite.hmacSha256(key, other)).isNotEqualTo(suite.hmacSha256(key, message));
            assertThat(suite.shake256(32, other)).isNotEqualTo(suite.shake256(32, message));
        }
        assertThat(suite.hmacSha256(flip(random, key), message)).isNotEqualTo(suite.hmacSha256(key, message));
        assertThat(suite.sha3(message)).isNotEqualTo(suite.sha256(message));
    }

    @Seeded
    void the_counter_mode_undoes_itself_and_hides(long seed) {
        var random = new SplittableRandom(seed);
        byte[] data = bytes(random, 1 + random.nextInt(300));
        byte[] key = bytes(random, 32);
        byte[] hidden = suite.aes256Ctr(key, data);
        assertThat(hidden).hasSameSizeAs(data);
        assertThat(suite.aes256Ctr(key, hidden)).isEqualTo(data);
        if (data.length > 16) {
            assertThat(hidden).isNotEqualTo(data);
        }
    }

    @Seeded
    void agreement_is_the_same_from_both_sides(long seed) throws Exception {
        byte[] alice = suite.x25519Generate(keys);
        byte[] bob = suite.x25519Generate(keys);
        byte[] shared = suite.x25519Agree(alice, suite.x25519Public(bob));
        assertThat(shared).hasSize(32).isEqualTo(suite.x25519Agree(bob, suite.x25519Public(alice)));
        byte[] changed = suite.x25519Public(bob);
        changed[(int) (seed % 31)] ^= 1;
        assertThat(suite.x25519Agree(alice, changed)).isNotEqualTo(shared);
        assertThat(suite.x25519Agree(suite.x25519Generate(keys), suite.x25519Public(bob)))
                .isNotEqualTo(shared);
    }

    @Test
    void a_weak_or_cut_key_is_refused() {
        byte[] secret = suite.x25519Generate(keys);
        assertMalformed(() -> suite.x25519Agree(secret, new byte[32]));
        assertMalformed(() -> suite.x25519Agree(secret, new byte[31]));
        assertMalformed(() -> suite.x25519OfEd25519Public(new byte[33]));
    }

    @Seeded
    void the_image_of_a_signing_key_agrees_like_its_seed(long seed) throws Exception {
        byte[] signing = suite.ed25519Generate(keys);
        byte[] image = suite.x25519OfEd25519Public(suite.ed25519Public(signing));
        assertThat(image).hasSize(32).isEqualTo(suite.x25519Public(suite.x25519OfEd25519Seed(signing)));
        assertThat(image).isNotEqualTo(suite.ed25519Public(signing));
        byte[] other = suite.x25519Generate(keys);
        assertThat(suite.x25519Agree(other, image))
                .isEqualTo(suite.x25519Agree(suite.x25519OfEd25519Seed(signing), suite.x25519Public(other)));
    }

    @Seeded
    void a_signature_holds_for_its_message_and_key_alone(long seed) {
        var random = new SplittableRandom(seed);
        byte[] signing = suite.ed25519Generate(keys);
        byte[] key = suite.ed25519Public(signing);
        byte[] message = bytes(random, 1 + random.nextInt(200));
        byte[] signature = suite.ed25519Sign(signing, message);
        assertThat(key).hasSize(32);
        assertThat(signature).hasSize(64);
        assertThat(suite.ed25519Verify(key, message, signature)).isTrue();
        assertThat(suite.ed25519Verify(key, flip(random, message), signature)).isFalse();
        assertThat(suite.ed25519Verify(key, message, flip(random, signature))).isFalse();
        assertThat(suite.ed25519Verify(flip(random, key), message, signature)).isFalse();
        assertThat(suite.ed25519Verify(new byte[31], message, signature)).isFalse();
        assertThat(suite.ed25519Verify(new byte[32], message, signature)).isFalse();
        assertThat(suite.ed25519Verify(key, message, Arrays.copyOf(signature, 63)))
                .isFalse();
    }

    @Seeded
    void a_blinded_key_is_found_from_the_public_key_and_signed_for_with_the_secret(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        byte[] signing = suite.ed25519Generate(keys);
        byte[] key = suite.ed25519Public(signing);
        byte[] parameter = bytes(random, 32);
        byte[] message = bytes(random, 1 + random.nextInt(200));
        byte[] blinded = suite.ed25519BlindedPublic(key, parameter);
        byte[] signature = suite.ed25519BlindedSign(signing, parameter, message);
        assertThat(blinded).hasSize(32).isNotEqualTo(key);
        assertThat(suite.ed25519Verify(blinded, message, signature)).isTrue();
        assertThat(suite.ed25519Verify(blinded, flip(random, message), signature))
                .isFalse();
        assertThat(suite.ed25519Verify(blinded, message, flip(random, signature)))
                .isFalse();
        assertThat(suite.ed25519Verify(key, message, signature)).isFalse();
        byte[] otherPeriod = suite.ed25519BlindedPublic(key, flip(random, parameter));
        assertThat(suite.ed25519Verify(otherPeriod, message, signature)).isFalse();
        assertThat(suite.ed25519Verify(blinded, message, suite.ed25519Sign(signing, message)))
                .isFalse();
    }

    @Test
    void only_keys_that_sign_are_blinded() {
        assertMalformed(() -> suite.ed25519BlindedPublic(new byte[32], new byte[32]));
        assertMalformed(() -> suite.ed25519BlindedPublic(new byte[31], new byte[32]));
        byte[] key = suite.ed25519Public(suite.ed25519Generate(keys));
        assertThatThrownBy(() -> suite.ed25519BlindedPublic(key, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Seeded
    void a_capsule_opens_for_its_owner_alone(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        KemKeyPair pair = suite.kemGenerate(keys);
        KemCapsule capsule = suite.kemEncapsulate(pair.publicKey(), keys);
        assertThat(pair.publicKey()).hasSize(1184);
        assertThat(capsule.ciphertext()).hasSize(1088);
        assertThat(capsule.secret()).hasSize(32).isEqualTo(suite.kemDecapsulate(pair, capsule.ciphertext()));
        assertThat(suite.kemDecapsulate(pair, flip(random, capsule.ciphertext())))
                .isNotEqualTo(capsule.secret());
        assertThat(suite.kemDecapsulate(suite.kemGenerate(keys), capsule.ciphertext()))
                .isNotEqualTo(capsule.secret());
        assertThat(suite.kemEncapsulate(pair.publicKey(), keys).secret()).isNotEqualTo(capsule.secret());
        assertMalformed(() -> suite.kemEncapsulate(new byte[1183], keys));
        assertMalformed(() -> suite.kemDecapsulate(pair, new byte[1087]));
    }

    @Seeded
    void a_sealed_message_opens_and_is_hidden(long seed) {
        var random = new SplittableRandom(seed);
        AeadKind kind = random.nextBoolean() ? AeadKind.AES_256_GCM : AeadKind.CHACHA20_POLY1305;
        byte[] key = bytes(random, 32);
        byte[] ad = bytes(random, random.nextInt(40));
        byte[] plain = bytes(random, random.nextInt(1300));
        long nonce = random.nextLong();
        byte[] sealed = seal(suite.aead(kind, key), nonce, ad, plain);
        var opened = new byte[plain.length];
        Aead reader = suite.aead(kind, key);
        assertThat(reader.open(nonce, ad, 0, ad.length, sealed, 0, sealed.length, opened, 0))
                .isEqualTo(plain.length);
        assertThat(opened).isEqualTo(plain);
        if (plain.length > 16) {
            assertThat(Arrays.mismatch(sealed, plain)).isLessThan(8);
        }
    }

    @Seeded
    void one_flipped_bit_anywhere_breaks_the_tag(long seed) {
        var random = new SplittableRandom(seed);
        AeadKind kind = random.nextBoolean() ? AeadKind.AES_256_GCM : AeadKind.CHACHA20_POLY1305;
        byte[] key = bytes(random, 32);
        byte[] ad = bytes(random, 1 + random.nextInt(40));
        byte[] plain = bytes(random, random.nextInt(200));
        byte[] sealed = seal(suite.aead(kind, key), 7, ad, plain);
        var out = new byte[plain.length];
        for (int round = 0; round < 50; round++) {
            byte[] bad = flip(random, sealed);
            assertThat(suite.aead(kind, key).open(7, ad, 0, ad.length, bad, 0, bad.length, out, 0))
                    .isEqualTo(-1);
        }
        byte[] otherAd = flip(random, ad);
        byte[] otherKey = flip(random, key);
        int length = sealed.length;
        assertThat(suite.aead(kind, key).open(7, otherAd, 0, ad.length, sealed, 0, length, out, 0))
                .isEqualTo(-1);
        assertThat(suite.aead(kind, otherKey).open(7, ad, 0, ad.length, sealed, 0, length, out, 0))
                .isEqualTo(-1);
        assertThat(suite.aead(kind, key).open(8, ad, 0, ad.length, sealed, 0, length, out, 0))
                .isEqualTo(-1);
        assertThat(suite.aead(kind, key).open(7, ad, 0, ad.length, sealed, 0, 15, out, 0))
                .isEqualTo(-1);
    }

    @Test
    void sealing_and_opening_work_in_place() {
        byte[] key = bytes(32);
        var buffer = new byte[100];
        byte[] plain = bytes(60);
        System.arraycopy(plain, 0, buffer, 10, plain.length);
        int length = suite.aead(key).seal(1, NONE, 0, 0, buffer, 10, plain.length, buffer, 10);
        assertThat(length).isEqualTo(plain.length + 16);
        assertThat(Arrays.copyOfRange(buffer, 10, 10 + length)).isEqualTo(seal(suite.aead(key), 1, NONE, plain));
        assertThat(suite.aead(key).open(1, NONE, 0, 0, buffer, 10, length, buffer, 10))
                .isEqualTo(plain.length);
        assertThat(Arrays.copyOfRange(buffer, 10, 10 + plain.length)).isEqualTo(plain);
    }

    @Test
    void an_erased_cipher_does_nothing_more() {
        Aead aead = suite.aead(bytes(32));
        aead.erase();
        assertThatThrownBy(() -> seal(aead, 1, NONE, bytes(5))).isInstanceOf(IllegalStateException.class);
    }

    @Seeded
    void the_mask_of_a_header_depends_on_key_kind_and_sample(long seed) {
        var random = new SplittableRandom(seed);
        byte[] key = bytes(random, 32);
        byte[] sample = bytes(random, 16);
        long mask = suite.headerMask(AeadKind.AES_256_GCM, key).of(sample, 0);
        assertThat(suite.headerMask(AeadKind.AES_256_GCM, key).of(sample, 0)).isEqualTo(mask);
        assertThat(suite.headerMask(AeadKind.AES_256_GCM, key).of(flip(random, sample), 0))
                .isNotEqualTo(mask);
        assertThat(suite.headerMask(AeadKind.AES_256_GCM, flip(random, key)).of(sample, 0))
                .isNotEqualTo(mask);
        assertThat(suite.headerMask(AeadKind.CHACHA20_POLY1305, key).of(sample, 0))
                .isNotEqualTo(mask);
    }

    @Seeded
    void the_wide_block_is_undone_from_either_side(long seed) {
        var random = new SplittableRandom(seed);
        byte[] key = bytes(random, 64);
        byte[] tag = bytes(random, 16);
        byte[] body = bytes(random, 520);
        byte[] copy = body.clone();
        suite.uiv(key).encrypt(tag, 3, copy, 5);
        assertThat(Arrays.copyOf(copy, 5)).isEqualTo(Arrays.copyOf(body, 5));
        assertThat(Arrays.copyOfRange(copy, 514, 520)).isEqualTo(Arrays.copyOfRange(body, 514, 520));
        assertThat(copy).isNotEqualTo(body);
        suite.uiv(key).decrypt(tag, 3, copy, 5);
        assertThat(copy).isEqualTo(body);
        suite.uiv(key).decrypt(tag, 3, copy, 5);
        suite.uiv(key).encrypt(tag, 3, copy, 5);
        assertThat(copy).isEqualTo(body);
    }

    @Seeded
    void one_flipped_bit_makes_garbage_of_the_whole_block_a_layer_later(long seed) {
        var random = new SplittableRandom(seed);
        Uiv first = suite.uiv(bytes(random, 64));
        Uiv second = suite.uiv(bytes(random, 64));
        byte[] tag = bytes(random, 16);
        byte[] body = bytes(random, Uiv.BODY_LENGTH);
        byte[] flipped = flip(random, body);
        for (Uiv layer : List.of(first, second)) {
            layer.encrypt(tag, 1, body, 0);
            layer.encrypt(tag, 1, flipped, 0);
        }
        assertThat(sameBytes(body, flipped, 0, Uiv.TAG_LENGTH)).isLessThan(5);
        assertThat(sameBytes(body, flipped, Uiv.TAG_LENGTH, Uiv.BODY_LENGTH)).isLessThan(25);
    }

    @Seeded
    void the_wide_block_depends_on_its_tweak(long seed) {
        var random = new SplittableRandom(seed);
        byte[] key = bytes(random, 64);
        byte[] tag = bytes(random, 16);
        byte[] body = bytes(random, Uiv.BODY_LENGTH);
        byte[] plain = encrypted(key, tag, 1, body);
        assertThat(sameBytes(plain, encrypted(key, flip(random, tag), 1, body), 0, 509))
                .isLessThan(30);
        assertThat(sameBytes(plain, encrypted(key, tag, 2, body), 0, 509)).isLessThan(30);
    }

    @Test
    void both_ends_update_alike() {
        byte[] key = bytes(64);
        Uiv one = suite.uiv(key);
        Uiv other = suite.uiv(key);
        byte[] nonce = bytes(16);
        byte[] next = new byte[16];
        one.update(nonce, next);
        assertThat(next).isNotEqualTo(nonce);
        byte[] inPlace = nonce.clone();
        other.update(inPlace, inPlace);
        assertThat(inPlace).isEqualTo(next);
        byte[] body = bytes(Uiv.BODY_LENGTH);
        byte[] updated = body.clone();
        one.encrypt(nonce, 1, updated, 0);
        assertThat(updated).isNotEqualTo(encrypted(key, nonce, 1, body));
        other.decrypt(nonce, 1, updated, 0);
        assertThat(updated).isEqualTo(body);
    }

    @Test
    void argon2id_depends_on_all_it_is_given() {
        byte[] hash = suite.argon2id(bytes(8), bytes(16), 64, 1, 1, 32);
        assertThat(suite.argon2id(bytes(8), bytes(16), 64, 1, 1, 32)).isEqualTo(hash);
        assertThat(suite.argon2id(bytes(9), bytes(16), 64, 1, 1, 32)).isNotEqualTo(hash);
        assertThat(suite.argon2id(bytes(8), bytes(17), 64, 1, 1, 32)).isNotEqualTo(hash);
        assertThat(suite.argon2id(bytes(8), bytes(16), 128, 1, 1, 32)).isNotEqualTo(hash);
        assertThat(suite.argon2id(bytes(8), bytes(16), 64, 2, 1, 32)).isNotEqualTo(hash);
    }

    @Test
    void a_wrong_length_of_ours_is_a_bug() {
        assertThatThrownBy(() -> suite.aead(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> suite.headerMask(AeadKind.AES_256_GCM, new byte[33]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> suite.uiv(new byte[63])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> suite.x25519Public(new byte[33])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> suite.aes256Ctr(new byte[16], NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    private byte[] encrypted(byte[] key, byte[] tag, int command, byte[] body) {
        byte[] copy = body.clone();
        suite.uiv(key).encrypt(tag, command, copy, 0);
        return copy;
    }

    private static byte[] seal(Aead aead, long nonce, byte[] ad, byte[] plain) {
        var sealed = new byte[plain.length + Aead.TAG_LENGTH];
        assertThat(aead.seal(nonce, ad, 0, ad.length, plain, 0, plain.length, sealed, 0))
                .isEqualTo(sealed.length);
        return sealed;
    }

    private static int sameBytes(byte[] one, byte[] other, int from, int to) {
        int same = 0;
        for (int i = from; i < to; i++) {
            same += one[i] == other[i] ? 1 : 0;
        }
        return same;
    }

    private static byte[] flip(RandomGenerator random, byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private static byte[] bytes(int length) {
        return bytes(new SplittableRandom(length), length);
    }

    private static byte[] bytes(RandomGenerator random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private interface Attempt {
        void run() throws MalformedPacketException;
    }

    private static void assertMalformed(Attempt attempt) {
        assertThatThrownBy(attempt::run).isInstanceOf(MalformedPacketException.class);
    }
}
