package org.privatus.node.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privatus.node.home.DataDirectory;

@Timeout(60)
class ControlServerTest {
    @TempDir
    private Path temporary;

    private final PaperNode node = new PaperNode();
    private final List<AutoCloseable> open = new ArrayList<>();

    /// How the two ends find each other.
    private enum Way {
        UNIX,
        TCP
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private DataDirectory home(Way way) {
        return new DataDirectory(way == Way.UNIX ? temporary.resolve("d") : temporary.resolve("long".repeat(30)));
    }

    private DataDirectory serve(Way way) throws IOException {
        DataDirectory home = home(way);
        open.add(home.claim());
        open.add(ControlServer.open(home, node, new SecureRandom()));
        return home;
    }

    private ControlClient client(DataDirectory home) {
        ControlClient client = ControlClient.connect(home).orElseThrow();
        open.add(client);
        return client;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void requests_are_answered_in_order_on_one_connection(Way way) throws IOException {
        ControlClient client = client(serve(way));
        assertThat(client.ask(new ControlRequest.AddContact("bob", "pvp0")))
                .isEqualTo(new ControlReply.Done("bob is in the address book."));
        assertThat(client.ask(new ControlRequest.Identify(true)))
                .isEqualTo(new ControlReply.Address(PaperNode.NODE_ADDRESS));
        assertThat(client.ask(new ControlRequest.Status())).isEqualTo(new ControlReply.Status(PaperNode.status()));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_follower_sees_what_was_there_and_what_arrives(Way way) throws IOException {
        DataDirectory home = serve(way);
        node.receive("bob", "one");
        node.receive("bob", "two");
        ControlClient client = client(home);
        var seen = new CopyOnWriteArrayList<String>();
        CompletableFuture<Void> followed = CompletableFuture.runAsync(() -> {
            try {
                client.follow(1, message -> seen.add(message.text()));
            } catch (IOException e) {
                // Closed below.
            }
        });
        await().until(() -> node.followers() == 1);
        node.receive("bob", "three");
        await().untilAsserted(() -> assertThat(seen).containsExactly("two", "three"));
        client.close();
        await().until(() -> node.followers() == 0);
        assertThat(followed).succeedsWithin(java.time.Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void the_files_are_for_their_owner_alone(Way way) throws IOException {
        DataDirectory home = serve(way);
        Path file = way == Way.UNIX ? home.controlSocket() : home.controlTcp();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.path())))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_stale_socket_is_replaced_and_nobody_answers_after_the_end(Way way) throws IOException {
        DataDirectory home = home(way);
        DataDirectory.Claim claim = home.claim();
        open.add(claim);
        Files.writeString(home.controlSocket(), "left by a crash");
        Files.writeString(home.controlTcp(), "1 " + "00".repeat(32));
        ControlServer server = ControlServer.open(home, node, new SecureRandom());
        assertThat(client(home).ask(new ControlRequest.Version())).isInstanceOf(ControlReply.Version.class);
        server.close();
        assertThat(ControlClient.connect(home)).isEmpty();
        assertThat(home.controlSocket()).doesNotExist();
        assertThat(home.controlTcp()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_reply_under_way_outlives_the_end_of_listening(Way way) throws IOException {
        DataDirectory home = home(way);
        open.add(home.claim());
        ControlServer server = ControlServer.open(home, node, new SecureRandom());
        open.add(server);
        ControlClient client = client(home);
        client.ask(new ControlRequest.Version());
        server.stopListening();
        assertThat(ControlClient.connect(home)).isEmpty();
        assertThat(client.ask(new ControlRequest.Stop())).isEqualTo(new ControlReply.Done("The node has stopped."));
        server.close();
        client.awaitEnd();
    }

    @Test
    void lines_that_are_no_requests_are_answered_and_the_next_is_served() throws IOException {
        DataDirectory home = serve(Way.UNIX);
        try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(home.controlSocket()))) {
            raw.write(utf8("\u0000\u0001 nonsense\n{\"type\":\"version\"}\n"));
            assertThat(lines(raw, 2))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("\"type\":\"failed\"", "BAD_INPUT"),
                            second -> assertThat(second).contains("\"type\":\"version\""));
        }
    }

    @Test
    void an_endless_line_is_cut_off() throws IOException {
        DataDirectory home = serve(Way.UNIX);
        try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(home.controlSocket()))) {
            ByteBuffer block = ByteBuffer.allocate(1 << 16);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            block.clear();
                            raw.write(block);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(client(home).ask(new ControlRequest.Version())).isInstanceOf(ControlReply.Version.class);
    }

    @Test
    void too_many_connections_are_closed_and_places_come_back() throws IOException {
        DataDirectory home = serve(Way.UNIX);
        var clients = new ArrayList<ControlClient>();
        for (int i = 0; i < ControlServer.MAX_CONNECTIONS; i++) {
            ControlClient client = client(home);
            client.ask(new ControlRequest.Version());
            clients.add(client);
        }
        ControlClient refused = client(home);
        assertThatThrownBy(() -> refused.ask(new ControlRequest.Version())).isInstanceOf(IOException.class);
        clients.forEach(ControlClient::close);
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(client(home).ask(new ControlRequest.Version()))
                        .isInstanceOf(ControlReply.Version.class));
    }

    @Test
    void over_tcp_nobody_is_served_without_the_token() throws IOException {
        DataDirectory home = serve(Way.TCP);
        int port = Integer.parseInt(Files.readString(home.controlTcp()).replaceAll(" .*\\R", ""));
        for (String hello : List.of(
                "{\"type\":\"stop\"}\n{\"type\":\"stop\"}\n",
                "privatus-control-1 " + "00".repeat(32) + "\n" + "00".repeat(32) + "\n{\"type\":\"stop\"}\n",
                "privatus-control-1 short\n",
                "x".repeat(1_000))) {
            try (SocketChannel raw =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                raw.write(utf8(hello));
                assertThat(everything(raw)).doesNotContain("type");
            }
        }
        assertThat(node.asked()).isEmpty();
    }

    @Test
    void over_tcp_a_client_tells_nothing_to_who_cannot_prove_the_token() throws Exception {
        DataDirectory home = home(Way.TCP);
        open.add(home.claim());
        try (var impostor = java.nio.channels.ServerSocketChannel.open()) {
            impostor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = impostor.socket().getLocalPort();
            Files.writeString(home.controlTcp(), port + " " + "ab".repeat(32) + "\n");
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> {
                try (SocketChannel victim = impostor.accept()) {
                    String hello = lines(victim, 1).getFirst();
                    victim.write(utf8("00".repeat(32) + " " + "00".repeat(32) + "\n"));
                    return hello + everything(victim);
                } catch (IOException e) {
                    return e.toString();
                }
            });
            assertThat(ControlClient.connect(home)).isEmpty();
            assertThat(heard.get()).matches("privatus-control-1 [0-9a-f]{64}");
        }
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lines(SocketChannel channel, int count) throws IOException {
        var text = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (text.chars().filter(c -> c == '\n').count() < count && channel.read(one.clear()) > 0) {
            text.append((char) one.get(0));
        }
        return text.toString().lines().toList();
    }

    private static String everything(SocketChannel channel) {
        var text = new StringBuilder();
        ByteBuffer block = ByteBuffer.allocate(1_024);
        try {
            while (channel.read(block.clear()) > 0) {
                text.append(new String(block.array(), 0, block.position(), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // Reset: that is an end too.
        }
        return text.toString();
    }
}
