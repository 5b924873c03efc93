package org.privatus.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.node.control.PaperNode;
import org.privatus.node.settings.ConsoleSettings;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;

/// Speaks HTTP by hand, since clients do not let a caller choose `Host` and `Origin`.
@Timeout(60)
class ConsoleServerTest {
    private final AtomicLong clock = new AtomicLong(1_000_000);
    private ConsoleServer console;
    private String self;

    @BeforeEach
    void open() {
        console = open(8080);
        self = "127.0.0.1:" + console.port();
    }

    private ConsoleServer open(int port) {
        ConsoleSettings defaults =
                SettingsLoader.load(SettingsSources.defaults(Profile.PROD)).console();
        return ConsoleServer.open(
                        new ConsoleSettings(true, port, defaults.alerts()),
                        new PaperNode(),
                        new SecureRandom(),
                        clock::get)
                .orElseThrow();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private String bearer() throws IOException {
        String answer = post("{\"code\":\"" + code() + "\"}", "Host: " + self, "Origin: http://" + self);
        assertThat(answer).startsWith("HTTP/1.1 200");
        return answer.replaceAll("(?s).*\"bearer\":\"([^\"]+)\".*", "$1");
    }

    private String code() {
        return console.link().replaceAll(".*#", "");
    }

    @Test
    void a_code_is_exchanged_once_and_its_bearer_reads_metrics() throws IOException {
        String code = code();
        String bearer = bearer();
        assertThat(get("/api/metrics", "Host: " + self, "Authorization: Bearer " + bearer))
                .startsWith("HTTP/1.1 200")
                .contains("\"network\":\"dev\"", "\"link.packets.dropped\":7");
        assertThat(post("{\"code\":\"" + code + "\"}", "Host: " + self)).startsWith("HTTP/1.1 401");
    }

    @Test
    void alerts_follow_their_rules_and_cool_down() throws IOException {
        String bearer = "Authorization: Bearer " + bearer();
        assertThat(get("/api/alerts", "Host: " + self, bearer))
                .contains("HIGH_CPU_USAGE", "HIGH_MEMORY_USAGE", "\"kept\":2")
                .doesNotContain("HIGH_DISK_USAGE");
        clock.addAndGet(299_999);
        assertThat(get("/api/alerts", "Host: " + self, bearer)).contains("\"kept\":2");
        clock.addAndGet(1);
        assertThat(get("/api/alerts", "Host: " + self, bearer)).contains("\"kept\":4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/metrics", "/api/alerts"})
    void without_a_bearer_there_is_nothing_to_read(String path) throws IOException {
        assertThat(get(path, "Host: " + self)).startsWith("HTTP/1.1 401");
        assertThat(get(path, "Host: " + self, "Authorization: Bearer x")).startsWith("HTTP/1.1 401");
        assertThat(get(path, "Host: " + self, "Authorization: Basic x")).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", "http://localhost"})
    void another_origin_is_refused_even_with_a_bearer(String origin) throws IOException {
        String bearer = bearer();
        assertThat(get("/api/metrics", "Host: " + self, "Authorization: Bearer " + bearer, "Origin: " + origin))
                .startsWith("HTTP/1.1 403");
        assertThat(post("{\"code\":\"" + code() + "\"}", "Host: " + self, "Origin: " + origin))
                .startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "127.0.0.1", "127.0.0.1:1", "[::1]:8080", ""})
    void a_name_that_was_pointed_at_loopback_is_refused_even_with_a_bearer(String host) throws IOException {
        String bearer = bearer();
        assertThat(get("/api/metrics", "Host: " + host, "Authorization: Bearer " + bearer))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void two_hosts_are_refused() throws IOException {
        assertThat(get("/api/metrics", "Host: " + self, "Host: evil.example")).startsWith("HTTP/1.1 403");
    }

    @Test
    void every_answer_forbids_what_the_console_does_not_need() throws IOException {
        for (String answer : List.of(get("/", "Host: " + self), get("/api/metrics", "Host: evil.example"))) {
            String headers = answer.toLowerCase(java.util.Locale.ROOT);
            assertThat(headers)
                    .contains(
                            "content-security-policy: default-src 'self'",
                            "x-content-type-options: nosniff",
                            "cache-control: no-store",
                            "cross-origin-resource-policy: same-origin")
                    .doesNotContain("access-control-allow-origin", "set-cookie");
        }
    }

    @Test
    void wrong_methods_paths_and_bodies_are_refused() throws IOException {
        assertThat(get("/api/session", "Host: " + self)).startsWith("HTTP/1.1 405");
        assertThat(get("/etc/passwd", "Host: " + self)).startsWith("HTTP/1.1 404");
        assertThat(post("{\"code\":17}", "Host: " + self)).startsWith("HTTP/1.1 400");
        assertThat(post("x".repeat(10_000), "Host: " + self)).startsWith("HTTP/1.1 413");
        bearer();
    }

    @Test
    void a_taken_port_is_no_reason_to_stop() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            try (ConsoleServer other = open(taken.getLocalPort())) {
                assertThat(other.port()).isNotEqualTo(taken.getLocalPort());
            }
        }
    }

    private String get(String path, String... headers) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\n", "", headers);
    }

    private String post(String body, String... headers) throws IOException {
        return exchange("POST /api/session HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n", body, headers);
    }

    private String exchange(String start, String body, String... headers) throws IOException {
        try (var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), console.port())) {
            String request = start + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }
}
