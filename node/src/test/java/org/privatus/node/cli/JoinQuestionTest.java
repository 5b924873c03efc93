package org.privatus.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.JoinAddress;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.terminal.UserError;

/// `--join` without a KEY, and who is believed.
@Tag("socket")
class JoinQuestionTest {
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 4, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private String place() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// To the next who connects.
    private void answer(String text) {
        Thread.ofVirtual().start(() -> {
            try (Socket caller = server.accept()) {
                caller.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String joinAddress(NetworkId network, String endpoint) {
        Contact contact = NodeIdentity.generate(new StandardSuite(), new java.security.SecureRandom(), 0)
                .contact(Endpoint.parse(endpoint), Contact.RELAYS);
        return JoinAddress.of(network, contact).encode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:", "localhost:"})
    void aGatewayOnThisMachineTellsTheKey(String host) {
        String address = joinAddress(NetworkId.DEV, "127.0.3.1:9000");
        answer(address + "\nand more");

        assertThat(JoinQuestion.complete(host + server.getLocalPort())).isEqualTo(address);
    }

    @Test
    void whatHasAKeyIsLeftAsItIs() {
        assertThat(JoinQuestion.complete(" pvnabc@192.0.2.7:7400 ")).isEqualTo("pvnabc@192.0.2.7:7400");
        assertThat(JoinQuestion.complete("pvnabc")).isEqualTo("pvnabc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.7:7400", "example.org:7400", "[2001:db8::1]:7400", "127.0.0.1:0", "127.0.0.1:x", ":"})
    void onlyThisMachineIsAsked(String place) {
        assertThatThrownBy(() -> JoinQuestion.complete(place))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has no KEY")
                .hasMessageNotContaining("\n");
    }

    @Test
    void nobodyListens() throws IOException {
        server.close();

        assertThatThrownBy(() -> JoinQuestion.complete(place()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--join: nobody listens at " + place())
                .hasMessageNotContaining("\n");
    }

    @Test
    void somethingElseListens() {
        answer("SSH-2.0-somebody\r\n");

        requireNoGateway();
    }

    @Test
    void somebodyTalksWithoutEnd() {
        answer("x".repeat(100_000));

        requireNoGateway();
    }

    @Test
    void aNodeOfThePublicNetworkIsNotBelieved() {
        answer(joinAddress(NetworkId.MAIN, "127.0.3.1:9000") + "\n");

        requireNoGateway();
    }

    @Test
    void aNodeElsewhereIsNotBelieved() {
        answer(joinAddress(NetworkId.DEV, "192.0.2.1:9000") + "\n");

        requireNoGateway();
    }

    private void requireNoGateway() {
        assertThatThrownBy(() -> JoinQuestion.complete(place()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is no gateway of a simulated network")
                .hasMessageNotContaining("\n");
    }
}
