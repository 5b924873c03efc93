package org.privatus.crypto.ntor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.testing.Vectors;

class NtorV3Test {
    private static final int KEY_STREAM_LENGTH = 256;

    private final CryptoSuite suite = new StandardSuite();

    @Test
    void published_vector_of_proposal_332() throws Exception {
        byte[] relayId = hex("9fad2af287ef942632833d21f946c6260c33fae6172b60006e86e4a6911753a2");
        byte[] onionSecret = hex("4051daa5921cfa2a1c27b08451324919538e79e788a81b38cbed097a5dff454a");
        byte[] verification = "xyzzy".getBytes(StandardCharsets.US_ASCII);
        X25519KeyPair clientKey = pair("b825a3719147bcbe5fb1d0b0fcb9c09e51948048e2e3283d2ab7b45b5ef38b49");
        X25519KeyPair relayKey = pair("4865a5b7689dafd978f529291c7171bc159be076b92186405d13220b80e2a053");
        OnionKeys onionKeys = onionKeys(onionSecret);
        NtorClient client = NtorClient.start(
                suite,
                relayId,
                onionKeys.current().key().toBytes(),
                verification,
                "hello world".getBytes(StandardCharsets.US_ASCII),
                clientKey);
        NtorRelay relay = NtorRelay.receive(suite, relayId, onionKeys, verification, client.handshake());
        assertThat(relay.message()).asString(StandardCharsets.US_ASCII).isEqualTo("hello world");
        NtorRelay.Reply reply =
                relay.reply("Hola Mundo".getBytes(StandardCharsets.US_ASCII), relayKey, KEY_STREAM_LENGTH);
        NtorOutcome outcome = client.finish(reply.handshake(), KEY_STREAM_LENGTH);
        assertThat(outcome.message()).asString(StandardCharsets.US_ASCII).isEqualTo("Hola Mundo");
        assertThat(outcome.keys())
                .isEqualTo(reply.keys())
                .startsWith(hex("9c19b631fd94ed86a817e01f6c80b0743a43f5faebd39cfaa8b00fa8bcc65c3b"));
    }

    @Test
    void all_vectors_on_both_sides() throws Exception {
        JsonNode vectors = Vectors.read("ntor_v3.json").required("vectors");
        assertThat(vectors).hasSize(7);
        for (JsonNode vector : vectors) {
            checkIntermediateValues(vector);
            NtorClient client = client(vector);
            assertThat(client.handshake()).isEqualTo(bytes(vector, "client_handshake"));
            NtorRelay relay = relay(vector, client.handshake());
            assertThat(relay.message()).isEqualTo(bytes(vector, "client_message"));
            NtorRelay.Reply reply =
                    relay.reply(bytes(vector, "relay_message"), relayFreshKey(vector), KEY_STREAM_LENGTH);
            assertThat(reply.handshake()).isEqualTo(bytes(vector, "relay_handshake"));
            assertThat(reply.keys()).isEqualTo(bytes(vector, "keys"));
            NtorOutcome outcome = client.finish(reply.handshake(), KEY_STREAM_LENGTH);
            assertThat(outcome.message()).isEqualTo(bytes(vector, "relay_message"));
            assertThat(outcome.keys()).isEqualTo(bytes(vector, "keys"));
        }
    }

    private void checkIntermediateValues(JsonNode vector) throws MalformedPacketException {
        byte[] clientSecret = bytes(vector, "client_secret");
        byte[] onionKey = bytes(vector, "relay_onion_public");
        NtorV3 ntor = new NtorV3(
                suite,
                bytes(vector, "relay_id"),
                onionKey,
                bytes(vector, "client_public"),
                bytes(vector, "verification"));
        byte[] onionAgreement = suite.x25519Agree(clientSecret, onionKey);
        assertThat(ntor.phase1Keys(onionAgreement))
                .startsWith(bytes(vector, "phase1_enc_key"))
                .endsWith(bytes(vector, "phase1_mac_key"));
        byte[] relayKey = bytes(vector, "relay_ephemeral_public");
        NtorV3.Secrets secrets = ntor.secrets(suite.x25519Agree(clientSecret, relayKey), onionAgreement, relayKey);
        assertThat(secrets.keySeed()).isEqualTo(bytes(vector, "key_seed"));
        assertThat(secrets.verify()).isEqualTo(bytes(vector, "verify"));
    }

    @Test
    void flipped_bits_are_refused() {
        JsonNode file = Vectors.read("ntor_v3.json");
        assertThat(file.required("must_reject")).hasSize(6);
        for (JsonNode test : file.required("must_reject")) {
            JsonNode vector =
                    file.required("vectors").get(test.required("vector").asInt());
            byte[] message = bytes(test, "message");
            assertThatThrownBy(() -> {
                        if (test.required("side").asText().equals("relay")) {
                            relay(vector, message);
                        } else {
                            client(vector).finish(message, KEY_STREAM_LENGTH);
                        }
                    })
                    .as(test.required("part").asText())
                    .isInstanceOfSatisfying(
                            MalformedPacketException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.BAD_TAG));
        }
    }

    private NtorClient client(JsonNode vector) throws MalformedPacketException {
        return NtorClient.start(
                suite,
                bytes(vector, "relay_id"),
                bytes(vector, "relay_onion_public"),
                bytes(vector, "verification"),
                bytes(vector, "client_message"),
                X25519KeyPair.of(suite, bytes(vector, "client_secret")));
    }

    private NtorRelay relay(JsonNode vector, byte[] handshake) throws MalformedPacketException {
        return NtorRelay.receive(
                suite,
                bytes(vector, "relay_id"),
                onionKeys(bytes(vector, "relay_onion_secret")),
                bytes(vector, "verification"),
                handshake);
    }

    private X25519KeyPair relayFreshKey(JsonNode vector) {
        return X25519KeyPair.of(suite, bytes(vector, "relay_ephemeral_secret"));
    }

    private X25519KeyPair pair(String secret) {
        return X25519KeyPair.of(suite, hex(secret));
    }

    private OnionKeys onionKeys(byte[] secret) {
        return new OnionKeys(OnionKeyPair.restore(suite, secret), Optional.empty(), 0);
    }
}
