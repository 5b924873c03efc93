package org.privatus.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.node.terminal.Terminal;

/// `privatus node` with real nodes on loopback.
@Timeout(180)
class NodeCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path temporary;

    /// What one command printed, and its exit code.
    private record Result(int code, String out, String err) {}

    private static Result run(Path data, List<String> arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                Collections.singletonMap("PRIVATUS_DATA", data.toString()),
                question -> Optional.empty());
        int code = new Privatus(terminal).run(arguments.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private static Result run(Path data, String... arguments) {
        return run(data, List.of(arguments));
    }

    /// Starts a node on its own thread and waits until it answers.
    private static CompletableFuture<Result> node(Path data, String... options) {
        var arguments = new ArrayList<>(List.of("node", "--profile", "dev", "--listen", "127.0.0.1:0", "--no-console"));
        arguments.addAll(List.of(options));
        CompletableFuture<Result> ended =
                CompletableFuture.supplyAsync(() -> run(data, arguments), Thread::startVirtualThread);
        await().atMost(PATIENCE)
                .until(() -> ended.isDone() || run(data, "id", "--node").code() == 0);
        assertThat(ended).as("the node runs").isNotDone();
        return ended;
    }

    private static Result failedStart(Path data, String... options) {
        var arguments = new ArrayList<>(List.of("node", "--profile", "dev", "--listen", "127.0.0.1:0", "--no-console"));
        arguments.addAll(List.of(options));
        Result result = run(data, arguments);
        assertThat(result.err().strip()).doesNotContain("\n", "\tat ");
        return result;
    }

    private static void stop(Path data, CompletableFuture<Result> node) {
        assertThat(run(data, "stop").code()).isZero();
        assertThat(node).succeedsWithin(PATIENCE).extracting(Result::code).isEqualTo(0);
    }

    private Path passphrase(String text) throws IOException {
        Path file = Files.writeString(temporary.resolve("passphrase-" + text), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    void a_node_starts_answers_stops_and_is_the_same_when_it_starts_again() {
        Path data = temporary.resolve("d");
        CompletableFuture<Result> first = node(data);
        String person = run(data, "id").out();
        String key = run(data, "id", "--node").out().replaceAll("@.*", "");
        assertThat(person).startsWith("pvp");
        assertThat(key).startsWith("pvn");
        assertThat(run(data, "add", "me", person.strip()).code())
                .as("one's own address")
                .isEqualTo(2);
        assertThat(run(data, "send", "nobody", "x").code()).isEqualTo(2);
        assertThat(run(data, "status", "--json").out()).contains("\"network\":\"dev\"");
        stop(data, first);
        assertThat(run(data, "id").out()).as("read from the key store").isEqualTo(person);
        CompletableFuture<Result> second = node(data);
        assertThat(run(data, "id").out()).isEqualTo(person);
        assertThat(run(data, "id", "--node").out()).startsWith(key.strip());
        stop(data, second);
    }

    @Test
    void a_taken_port_and_a_running_node_are_told() {
        Path data = temporary.resolve("d");
        CompletableFuture<Result> running = node(data);
        String endpoint = run(data, "id", "--node").out().strip().replaceAll(".*@", "");
        Result taken = run(temporary.resolve("e"), "node", "--profile", "dev", "--listen", endpoint, "--no-console");
        assertThat(taken.code()).isEqualTo(1);
        assertThat(taken.err().strip()).contains(endpoint, "--listen").doesNotContain("\n");
        Result twice = failedStart(data);
        assertThat(twice.code()).isEqualTo(1);
        assertThat(twice.err()).contains("another node runs");
        stop(data, running);
    }

    @Test
    void a_passphrase_protects_the_keys() throws IOException {
        Path data = temporary.resolve("d");
        stop(data, node(data, "--passphrase-file", passphrase("right").toString()));
        Result wrong =
                failedStart(data, "--passphrase-file", passphrase("wrong").toString());
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("wrong passphrase");
        Result none = failedStart(data);
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("--passphrase-file");
        stop(data, node(data, "--passphrase-file", passphrase("right").toString()));
    }

    @Test
    void a_damaged_database_or_key_store_is_told_and_left_alone() throws IOException {
        Path data = temporary.resolve("d");
        stop(data, node(data));
        Path database = data.resolve("privatus_chat.db");
        byte[] half = Files.readAllBytes(database);
        Files.write(database, java.util.Arrays.copyOf(half, 1_000));
        Result truncated = failedStart(data);
        assertThat(truncated.code()).isEqualTo(1);
        assertThat(truncated.err()).contains("privatus_chat.db");
        assertThat(database).hasSize(1_000);
    }

    @Test
    void a_node_of_another_network_is_not_joined() {
        Path data = temporary.resolve("d");
        CompletableFuture<Result> running = node(data);
        String join = run(data, "id", "--node").out().strip();
        Path other = temporary.resolve("o");
        stop(other, node(other, "--set", "privatus.node.network=40000"));
        Result refused = run(other, "node", "--no-console", "--join", join);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("network 40000", "--data");
        stop(data, running);
    }
}
