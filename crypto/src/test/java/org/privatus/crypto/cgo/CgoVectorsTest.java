package org.privatus.crypto.cgo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.testing.Vectors.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.privatus.crypto.suite.BlockCiphers;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.Uiv;
import org.privatus.testing.Vectors;

/// The state machines of `cgo.md` §6 against the published vectors and the transcript.
@ParameterizedClass
@EnumSource(BlockCiphers.class)
class CgoVectorsTest {
    private final CryptoSuite suite;

    CgoVectorsTest(BlockCiphers ciphers) {
        suite = new StandardSuite(ciphers);
    }

    @Test
    void official_relay_passing_on() {
        JsonNode vectors = Vectors.read("cgo/cgo_official.json").required("relay");
        assertThat(vectors).hasSize(12);
        for (JsonNode vector : vectors) {
            Layer state = layer(vector.required("before"));
            byte[] body = bytes(vector, "cell_in");
            if (vector.required("direction").asText().equals("outbound")) {
                assertThat(new RelayHop(state, idle()).forward(command(vector), body, 0))
                        .isFalse();
            } else {
                new RelayHop(idle(), state).backward(command(vector), body, 0);
            }
            assertThat(body).isEqualTo(bytes(vector, "cell_out"));
            assertState(state, vector.required("after"));
        }
    }

    @Test
    void official_relay_originating() {
        JsonNode vectors = Vectors.read("cgo/cgo_official.json").required("relay_originate");
        assertThat(vectors).hasSize(6);
        for (JsonNode vector : vectors) {
            Layer state = layer(vector.required("before"));
            byte[] body = withMessage(vector);
            new RelayHop(idle(), state).originate(command(vector), body, 0);
            assertThat(body).isEqualTo(bytes(vector, "cell_out"));
            assertState(state, vector.required("after"));
        }
    }

    @Test
    void official_client_originating() {
        JsonNode vectors = Vectors.read("cgo/cgo_official.json").required("client_originate");
        assertThat(vectors).hasSize(14);
        for (JsonNode vector : vectors) {
            ClientCircuitCrypto client = new ClientCircuitCrypto(suite);
            List<Layer> hops = new ArrayList<>();
            for (JsonNode hop : vector.required("hops_before")) {
                hops.add(layer(hop));
                client.addHop(hops.getLast(), idle());
            }
            byte[] body = withMessage(vector);
            client.originate(hop(vector, "target_hop"), command(vector), body, 0);
            assertThat(body).isEqualTo(bytes(vector, "cell_out"));
            for (int i = 0; i < hops.size(); i++) {
                assertState(hops.get(i), vector.required("hops_after").get(i));
            }
        }
    }

    @Test
    void transcript_of_a_circuit_of_three_hops() {
        JsonNode transcript = Vectors.read("cgo/cgo_transcript.json");
        Circuit circuit = new Circuit(transcript);
        for (JsonNode cell : transcript.required("forward")) {
            circuit.replayForward(cell);
        }
        for (JsonNode cell : transcript.required("backward")) {
            circuit.replayBackward(cell);
        }
        JsonNode after = transcript.required("state_after");
        for (int i = 0; i < 3; i++) {
            assertState(circuit.clientOut.get(i), after.at("/outbound/" + i + "/client"));
            assertState(circuit.relayOut.get(i), after.at("/outbound/" + i + "/relay"));
            assertState(circuit.clientIn.get(i), after.at("/inbound/" + i + "/client"));
            assertState(circuit.relayIn.get(i), after.at("/inbound/" + i + "/relay"));
        }
    }

    @Test
    void transcript_after_a_tampered_cell_nothing_is_recognised() {
        JsonNode transcript = Vectors.read("cgo/cgo_transcript.json");
        Circuit circuit = new Circuit(transcript);
        for (JsonNode cell : transcript.required("tampered")) {
            byte[] body = bytes(cell, "wire_cell");
            int recognisedBy = 0;
            for (int i = 0; i < 3 && recognisedBy == 0; i++) {
                recognisedBy = circuit.relays.get(i).forward(command(cell), body, 0) ? i + 1 : 0;
            }
            assertThat(recognisedBy).isEqualTo(cell.required("recognised_by").asInt(0));
            assertThat(body).isEqualTo(bytes(cell, "cell_after_last_relay"));
        }
    }

    @Test
    void transcript_a_changed_command_is_not_recognised() {
        JsonNode transcript = Vectors.read("cgo/cgo_transcript.json");
        JsonNode cell = transcript.required("command_mismatch");
        Circuit circuit = new Circuit(transcript);
        byte[] body = withMessage(cell);
        circuit.client.originate(
                hop(cell, "target_hop"), cell.required("sent_with_command").asInt(), body, 0);
        assertThat(body).isEqualTo(bytes(cell, "wire_cell"));
        assertThat(circuit.relays
                        .getFirst()
                        .forward(cell.required("received_with_command").asInt(), body, 0))
                .isFalse();
        assertThat(body).isEqualTo(bytes(cell, "cell_after_relay"));
    }

    @Test
    void key_stream_of_the_published_ntor_v3_vector_as_seed() {
        JsonNode vector = Vectors.read("cgo/ntor_v3_to_cgo.json");
        byte[] seed = bytes(vector, "key_stream_first_160");
        assertThat(bytes(Vectors.read("ntor_v3.json").at("/vectors/0"), "keys")).startsWith(seed);
        ClientCircuitCrypto client = new ClientCircuitCrypto(suite);
        client.addHop(seed);
        RelayHop relay = new RelayHop(suite, seed);

        JsonNode out = vector.required("outbound");
        byte[] body = withMessage(out);
        client.originate(0, command(out), body, 0);
        assertThat(body).isEqualTo(bytes(out, "cell"));
        assertThat(relay.forward(command(out), body, 0)).isTrue();
        assertThat(message(body)).isEqualTo(bytes(out, "message"));
        assertThat(client.sentTag()).isEqualTo(bytes(out, "sendme_tag"));
        assertThat(relay.receivedTag()).isEqualTo(bytes(out, "sendme_tag"));

        JsonNode in = vector.required("inbound");
        body = withMessage(in);
        relay.originate(command(in), body, 0);
        assertThat(body).isEqualTo(bytes(in, "cell"));
        assertThat(client.receive(command(in), body, 0)).isZero();
        assertThat(message(body)).isEqualTo(bytes(in, "message"));
        assertThat(relay.sentTag()).isEqualTo(bytes(in, "sendme_tag"));
        assertThat(client.receivedTag()).isEqualTo(bytes(in, "sendme_tag"));
    }

    /// Both ends of a circuit, made from the transcript's key material, with their states in reach.
    private final class Circuit {
        final ClientCircuitCrypto client = new ClientCircuitCrypto(suite);
        final List<RelayHop> relays = new ArrayList<>();
        final List<Layer> clientOut = new ArrayList<>();
        final List<Layer> clientIn = new ArrayList<>();
        final List<Layer> relayOut = new ArrayList<>();
        final List<Layer> relayIn = new ArrayList<>();

        Circuit(JsonNode transcript) {
            for (JsonNode material : transcript.required("key_material")) {
                byte[] seed = HexFormat.of().parseHex(material.asText());
                clientOut.add(new Layer(suite, seed, 0));
                clientIn.add(new Layer(suite, seed, Layer.SEED_LENGTH));
                relayOut.add(new Layer(suite, seed, 0));
                relayIn.add(new Layer(suite, seed, Layer.SEED_LENGTH));
                client.addHop(clientOut.getLast(), clientIn.getLast());
                relays.add(new RelayHop(relayOut.getLast(), relayIn.getLast()));
            }
        }

        void replayForward(JsonNode cell) {
            int target = hop(cell, "target_hop");
            byte[] body = withMessage(cell);
            client.originate(target, command(cell), body, 0);
            assertThat(body).isEqualTo(bytes(cell, "wire_cell"));
            assertThat(client.sentTag()).isEqualTo(bytes(cell, "sendme_tag"));
            for (int i = 0; i <= target; i++) {
                assertThat(relays.get(i).forward(command(cell), body, 0)).isEqualTo(i == target);
                assertThat(HexFormat.of().formatHex(body))
                        .isEqualTo(cell.required("after_relay").get(i).asText());
            }
            assertThat(message(body)).isEqualTo(bytes(cell, "message"));
            assertThat(relays.get(target).receivedTag()).isEqualTo(bytes(cell, "sendme_tag"));
        }

        void replayBackward(JsonNode cell) {
            int origin = hop(cell, "origin_hop");
            byte[] body = withMessage(cell);
            for (int i = origin; i >= 0; i--) {
                if (i == origin) {
                    relays.get(i).originate(command(cell), body, 0);
                } else {
                    relays.get(i).backward(command(cell), body, 0);
                }
                assertThat(HexFormat.of().formatHex(body))
                        .isEqualTo(cell.required("after_relay").get(origin - i).asText());
            }
            assertThat(body).isEqualTo(bytes(cell, "wire_cell"));
            assertThat(client.receive(command(cell), body, 0)).isEqualTo(origin);
            assertThat(message(body)).isEqualTo(bytes(cell, "message"));
            assertThat(relays.get(origin).sentTag()).isEqualTo(bytes(cell, "sendme_tag"));
            assertThat(client.receivedTag()).isEqualTo(bytes(cell, "sendme_tag"));
        }
    }

    private Layer layer(JsonNode state) {
        return new Layer(suite.uiv(bytes(state, "uiv_key")), bytes(state, "nonce"), bytes(state, "tag"));
    }

    private Layer idle() {
        return new Layer(suite, new byte[Layer.SEED_LENGTH], 0);
    }

    /// The key shows in what it does; this uses the layer up.
    private void assertState(Layer layer, JsonNode expected) {
        assertThat(layer.nonce()).isEqualTo(bytes(expected, "nonce"));
        assertThat(layer.tag()).isEqualTo(bytes(expected, "tag"));
        byte[] probe = new byte[Uiv.BODY_LENGTH];
        byte[] wanted = new byte[Uiv.BODY_LENGTH];
        layer.wrap(3, probe, 0);
        suite.uiv(bytes(expected, "uiv_key")).encrypt(bytes(expected, "tag"), 3, wanted, 0);
        assertThat(probe).isEqualTo(wanted);
    }

    private static int command(JsonNode vector) {
        JsonNode command = vector.required("command");
        return command.isInt() ? command.asInt() : Integer.parseInt(command.asText(), 16);
    }

    private static int hop(JsonNode vector, String field) {
        return vector.required(field).asInt() - 1;
    }

    private static byte[] withMessage(JsonNode vector) {
        byte[] body = new byte[Uiv.BODY_LENGTH];
        byte[] message = bytes(vector, "message");
        System.arraycopy(message, 0, body, Uiv.TAG_LENGTH, message.length);
        return body;
    }

    private static byte[] message(byte[] body) {
        return Arrays.copyOfRange(body, Uiv.TAG_LENGTH, body.length);
    }
}
