package org.privatus.crypto.ntor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.testing.Seeded;

class HybridTest {
    private static final byte[] NOTHING = {};
    private static final byte[] RELAY_ID = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final CryptoSuite suite = new StandardSuite();
    private final SecureRandom random = new SecureRandom();
    private final OnionKeys onionKeys =
            new OnionKeys(OnionKeyPair.generate(suite, random), Optional.of(OnionKeyPair.generate(suite, random)), 0);
    private final HybridRelay relay = new HybridRelay(suite, RELAY_ID, onionKeys);

    @Test
    void both_sides_get_the_same_seed_and_each_others_extra_bytes() throws Exception {
        HybridClient client = start(new byte[] {1, 2, 3});
        HybridRelay.Answer answer = relay.answer(client.handshake(), new byte[] {4, 5}, random);
        HopKeys keys = client.finish(answer.handshake());
        assertThat(keys.seed())
                .hasSize(HybridClient.SEED_LENGTH)
                .isEqualTo(answer.keys().seed());
        assertThat(answer.keys().extra()).containsExactly(1, 2, 3);
        assertThat(keys.extra()).containsExactly(4, 5);
    }

    @Test
    void the_handshakes_have_their_stated_lengths() throws Exception {
        HybridClient client = start(NOTHING);
        assertThat(client.handshake())
                .hasSize(HybridClient.CLIENT_HANDSHAKE_LENGTH)
                .hasSize(1312);
        assertThat(relay.answer(client.handshake(), NOTHING, random).handshake())
                .hasSize(HybridClient.RELAY_HANDSHAKE_LENGTH)
                .hasSize(1152);
    }

    @Test
    void the_previous_onion_key_is_answered_to() throws Exception {
        byte[] previous = onionKeys.previous().orElseThrow().key().toBytes();
        HybridClient client = HybridClient.start(suite, RELAY_ID, previous, NOTHING, random);
        HybridRelay.Answer answer = relay.answer(client.handshake(), NOTHING, random);
        assertThat(client.finish(answer.handshake()).seed())
                .isEqualTo(answer.keys().seed());
    }

    @Test
    void another_relays_handshake_is_refused() throws Exception {
        HybridClient client = start(NOTHING);
        byte[] otherId = RELAY_ID.clone();
        otherId[0] ^= 1;
        assertRefused(
                Reason.BAD_VALUE,
                () -> new HybridRelay(suite, otherId, onionKeys).answer(client.handshake(), NOTHING, random));
        OnionKeys otherKeys = OnionKeys.generate(suite, random, 0);
        assertRefused(
                Reason.BAD_VALUE,
                () -> new HybridRelay(suite, RELAY_ID, otherKeys).answer(client.handshake(), NOTHING, random));
    }

    @Test
    void an_onion_key_of_small_order_is_refused() {
        assertRefused(Reason.WEAK_KEY, () -> HybridClient.start(suite, RELAY_ID, new byte[32], NOTHING, random));
    }

    @Seeded(10)
    void a_flipped_bit_is_refused_by_the_relay(long seed) throws Exception {
        byte[] handshake = start(NOTHING).handshake().clone();
        flipSomeBit(handshake, seed);
        assertThatThrownBy(() -> relay.answer(handshake, NOTHING, random)).isInstanceOf(MalformedPacketException.class);
    }

    @Seeded(10)
    void a_flipped_bit_is_refused_by_the_client_and_the_true_reply_still_fits(long seed) throws Exception {
        HybridClient client = start(NOTHING);
        HybridRelay.Answer answer = relay.answer(client.handshake(), NOTHING, random);
        byte[] forged = answer.handshake().clone();
        flipSomeBit(forged, seed);
        assertThatThrownBy(() -> client.finish(forged)).isInstanceOf(MalformedPacketException.class);
        assertThat(client.finish(answer.handshake()).seed())
                .isEqualTo(answer.keys().seed());
    }

    @Test
    void every_truncation_is_refused() throws Exception {
        HybridClient client = start(NOTHING);
        byte[] handshake = client.handshake();
        byte[] reply = relay.answer(handshake, NOTHING, random).handshake();
        for (int length = 0; length < handshake.length; length += length < 200 ? 1 : 97) {
            byte[] shorter = Arrays.copyOf(handshake, length);
            assertThatThrownBy(() -> relay.answer(shorter, NOTHING, random))
                    .isInstanceOf(MalformedPacketException.class);
        }
        for (int length = 0; length < reply.length; length += length < 100 ? 1 : 97) {
            byte[] shorter = Arrays.copyOf(reply, length);
            assertThatThrownBy(() -> client.finish(shorter)).isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void a_genuine_message_without_a_kem_key_is_refused() throws Exception {
        NtorClient client = NtorClient.start(
                suite,
                RELAY_ID,
                onionKeys.current().key().toBytes(),
                HybridClient.VERIFICATION,
                new byte[1183],
                X25519KeyPair.generate(suite, random));
        assertRefused(Reason.TRUNCATED, () -> relay.answer(client.handshake(), NOTHING, random));
    }

    @Test
    void the_seed_is_shake256_of_label_and_measured_parts() {
        byte[] ntorKey = filled(32, 1);
        byte[] kemSecret = filled(KemCapsule.SECRET_LENGTH, 2);
        byte[] client = filled(5, 3);
        byte[] server = filled(7, 4);
        byte[] seed = HopSeed.derive(suite, ntorKey, kemSecret, client, server);
        byte[] expected = suite.shake256(
                160,
                "privatus hop seed 1".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0, 0, 0, 0, 0, 0, 0, 32},
                ntorKey,
                new byte[] {0, 0, 0, 0, 0, 0, 0, 32},
                kemSecret,
                new byte[] {0, 0, 0, 0, 0, 0, 0, 5},
                client,
                new byte[] {0, 0, 0, 0, 0, 0, 0, 7},
                server);
        assertThat(seed).isEqualTo(expected);
    }

    private HybridClient start(byte[] extra) throws MalformedPacketException {
        return HybridClient.start(suite, RELAY_ID, onionKeys.current().key().toBytes(), extra, random);
    }

    private static void assertRefused(Reason reason, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static void flipSomeBit(byte[] bytes, long seed) {
        Random choice = new Random(seed);
        bytes[choice.nextInt(bytes.length)] ^= (byte) (1 << choice.nextInt(8));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
