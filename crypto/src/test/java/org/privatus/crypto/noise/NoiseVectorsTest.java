package org.privatus.crypto.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.testing.Vectors.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.testing.Vectors;

class NoiseVectorsTest {
    private final CryptoSuite suite = new StandardSuite();

    @Test
    void xk_with_aesgcm_and_sha256_from_cacophony() throws Exception {
        replay(new ObjectMapper().readTree(CACOPHONY), NoiseProtocol.XK_AESGCM);
    }

    @Test
    void all_xk_vectors_with_sha256() throws Exception {
        int run = 0;
        for (JsonNode vector : Vectors.read("noise/noise_25519.json").required("vectors")) {
            for (NoiseProtocol protocol : NoiseProtocol.values()) {
                if (protocol.noiseName().equals(vector.required("protocol_name").asText())) {
                    replay(vector, protocol);
                    run++;
                }
            }
        }
        assertThat(run).isEqualTo(6);
    }

    private void replay(JsonNode vector, NoiseProtocol protocol) throws Exception {
        X25519KeyPair responderKeys = X25519KeyPair.of(suite, bytes(vector, "resp_static"));
        assertThat(responderKeys.publicKey()).isEqualTo(bytes(vector, "init_remote_static"));
        HandshakeState[] sides = {
            HandshakeState.initiator(
                    suite,
                    protocol,
                    bytes(vector, "init_prologue"),
                    X25519KeyPair.of(suite, bytes(vector, "init_static")),
                    bytes(vector, "init_remote_static"),
                    new SecureRandom()),
            HandshakeState.responder(suite, protocol, bytes(vector, "resp_prologue"), responderKeys, new SecureRandom())
        };
        sides[0].useEphemeral(bytes(vector, "init_ephemeral"));
        sides[1].useEphemeral(bytes(vector, "resp_ephemeral"));
        JsonNode messages = vector.required("messages");
        for (int i = 0; i < NoiseProtocol.MESSAGES; i++) {
            byte[] payload = bytes(messages.get(i), "payload");
            byte[] message = sides[i % 2].write(payload);
            assertThat(message).isEqualTo(bytes(messages.get(i), "ciphertext"));
            assertThat(sides[(i + 1) % 2].read(message)).isEqualTo(payload);
        }
        assertThat(sides[0].handshakeHash()).isEqualTo(sides[1].handshakeHash());
        if (vector.has("handshake_hash")) {
            assertThat(sides[0].handshakeHash()).isEqualTo(bytes(vector, "handshake_hash"));
        }
        replayTransport(messages, sides[0].split(), sides[1].split());
    }

    private void replayTransport(JsonNode messages, SessionKeys initiator, SessionKeys responder) throws Exception {
        CipherState[] sending = {sending(initiator), sending(responder)};
        CipherState[] receiving = {receiving(initiator), receiving(responder)};
        byte[] noData = {};
        for (int i = NoiseProtocol.MESSAGES; i < messages.size(); i++) {
            byte[] payload = bytes(messages.get(i), "payload");
            byte[] message = sending[i % 2].seal(noData, payload);
            assertThat(message).isEqualTo(bytes(messages.get(i), "ciphertext"));
            assertThat(receiving[(i + 1) % 2].open(noData, message, 0, message.length))
                    .isEqualTo(payload);
        }
    }

    private CipherState sending(SessionKeys keys) {
        return new CipherState(suite, keys.kind(), keys.send());
    }

    private CipherState receiving(SessionKeys keys) {
        return new CipherState(suite, keys.kind(), keys.receive());
    }

    private static final String CACOPHONY = """
        {
          "protocol_name": "Noise_XK_25519_AESGCM_SHA256",
          "init_prologue": "4a6f686e2047616c74",
          "init_static": "e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1",
          "init_ephemeral": "893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a",
          "init_remote_static": "31e0303fd6418d2f8c0e78b91f22e8caed0fbe48656dcf4767e4834f701b8f62",
          "resp_prologue": "4a6f686e2047616c74",
          "resp_static": "4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893",
          "resp_ephemeral": "bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b",
          "handshake_hash": "4f5a40e425d3adcdb2c715d988e4ef8763ed0f8aa0fe78e2d2879d71b2d38186",
          "messages": [
            {"payload": "4c756477696720766f6e204d69736573", "ciphertext": "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944e11634ba393ac9f93896f767741fe7297c64b52a95b20bc07a8c5983eb100a5e"},
            {"payload": "4d757272617920526f746862617264", "ciphertext": "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843aabea6c8883a5a6de7804420322c70994289ffe724df10411be50430b113da"},
            {"payload": "462e20412e20486179656b", "ciphertext": "99e0eed98437100ab575e5aa157f20ae23f024a43c58628646991c47e81e64af9c46165872069c5794e99a6d116142986f3b803df2a6c12f39702f669d5d7818511d6b41218f19cea974ea"},
            {"payload": "4361726c204d656e676572", "ciphertext": "c0502067840ee81f03a76badcc8c4264847069452a9f7531d74f68"}
          ]
        }
        """;
}
