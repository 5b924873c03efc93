package org.privatus.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.identity.AddressSecret;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.crypto.keystore.ArgonParameters;
import org.privatus.crypto.keystore.Passphrase;
import org.privatus.crypto.keystore.PersonKeystore;
import org.privatus.crypto.keystore.Protection;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.ControlServer;
import org.privatus.node.control.PaperNode;
import org.privatus.node.home.DataDirectory;
import org.privatus.node.terminal.Terminal;

/// The commands as a user types them, against a control server on a real socket.
@Timeout(60)
class CommandLineTest {
    private static final String ADDRESS =
            new PersonAddress(NetworkId.DEV, PersonKey.of(new byte[32]), AddressSecret.of(new byte[32])).encode();

    @TempDir
    private Path temporary;

    private final PaperNode node = new PaperNode();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String input = "";
    private DataDirectory home;
    private DataDirectory.Claim claim;
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        home = new DataDirectory(temporary.resolve("d"));
        claim = home.claim();
        server = ControlServer.open(home, node, new SecureRandom());
    }

    @AfterEach
    void stop() {
        server.close();
        claim.close();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                Collections.singletonMap("PRIVATUS_DATA", home.path().toString()),
                question -> Optional.empty());
        return new Privatus(terminal).run(arguments);
    }

    private String err() {
        return err.toString();
    }

    private String out() {
        return out.toString();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }

    @Test
    void people_are_added_listed_renamed_and_removed() throws IOException {
        assertThat(run("add", "bob", ADDRESS)).isZero();
        assertThat(run("contacts")).isZero();
        assertThat(out()).contains("bob", ADDRESS);
        assertThat(run("rename", "bob", "robert")).isZero();
        assertThat(run("contacts", "--json")).isZero();
        assertThat(json().get(0).get("name").asText()).isEqualTo("robert");
        assertThat(run("block", "robert")).isZero();
        assertThat(run("remove", "robert")).isZero();
        assertThat(run("contacts")).isZero();
        assertThat(out()).contains("Nobody yet");
    }

    @Test
    void an_address_may_come_from_standard_input() {
        input = ADDRESS + "\n";
        assertThat(run("add", "bob", "-")).isZero();
        assertThat(node.asked()).containsExactly(new ControlRequest.AddContact("bob", ADDRESS));
    }

    @Test
    void a_message_that_is_acknowledged_says_how_it_went() {
        run("add", "bob", ADDRESS);
        assertThat(run("send", "bob", "hello")).isZero();
        assertThat(out())
                .isEqualToNormalizingNewlines(
                        "Delivered to bob in 420 ms through aaaa1111, bbbb2222, cccc3333 | dddd4444, acknowledged.\n");
    }

    @Test
    void a_message_that_is_not_acknowledged_stays_queued_with_exit_code_3() throws IOException {
        node.acknowledges(false);
        run("add", "bob", ADDRESS);
        assertThat(run("send", "bob", "hello", "--timeout", "2s")).isEqualTo(3);
        assertThat(out()).contains("queued", "no way to them was found", "privatus why bob");
        assertThat(run("send", "bob", "hello", "--json")).isEqualTo(3);
        assertThat(json().get("elapsedMillis").asLong()).isEqualTo(30_000);
    }

    @Test
    void a_text_from_standard_input_keeps_its_lines() {
        run("add", "bob", ADDRESS);
        input = "one\ntwo\n";
        assertThat(run("send", "bob", "-")).isZero();
        assertThat(node.asked()).contains(new ControlRequest.Send("bob", "one\ntwo", 30_000));
    }

    @Test
    void remote_text_cannot_write_lines_of_its_own() {
        node.receive("bob\u001b[2J", "hi\u001b]0;owned\u0007\nNode stopped.\u202e");
        assertThat(run("inbox")).isZero();
        assertThat(out()).contains("bob: hi\n    Node stopped.").doesNotContain("\u001b", "\u202e", "\u0007");
        assertThat(run("requests")).isZero();
        assertThat(out()).contains("3f9a12cd", "hello").doesNotContain("\u001b");
        assertThat(run("inbox", "--json")).isZero();
        assertThat(out().strip().chars()).allMatch(c -> c >= ' ' && c <= '~');
    }

    @Test
    void the_inbox_shows_the_latest_or_what_came_after_a_sequence() throws IOException {
        for (int i = 1; i <= 60; i++) {
            node.receive("bob", "message " + i);
        }
        run("inbox");
        assertThat(out()).contains("message 11\n", "message 60\n").doesNotContain("message 10\n");
        run("inbox", "--after", "58", "--json");
        assertThat(json()).hasSize(2);
        run("inbox", "--after", "0", "--limit", "3", "--json");
        assertThat(json()).hasSize(3);
    }

    @Test
    void following_ends_with_the_node() {
        node.receive("bob", "before");
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run("inbox", "--follow"));
        await().until(() -> node.followers() == 1);
        node.receive("bob", "after");
        await().until(() -> out().contains("after"));
        server.close();
        assertThat(code).succeedsWithin(java.time.Duration.ofSeconds(20)).isEqualTo(1);
        assertThat(out()).containsOnlyOnce("before").containsOnlyOnce("after");
        assertThat(err()).contains("no node runs");
    }

    @Test
    void strangers_are_accepted_or_rejected() {
        assertThat(run("requests", "accept", "3f9a12cd", "carol")).isZero();
        assertThat(run("requests", "reject", "3f9a12cd")).isZero();
        assertThat(node.asked())
                .containsExactly(new ControlRequest.Accept("3f9a12cd", "carol"), new ControlRequest.Reject("3f9a12cd"));
    }

    @Test
    void status_and_why_are_for_people_and_for_programs() throws IOException {
        assertThat(run("status")).isZero();
        assertThat(out()).contains("17 contacts", "yes, at 192.0.2.1:7400", "aaaa1111, bbbb2222", "delivery");
        assertThat(run("status", "--json")).isZero();
        assertThat(json().get("dht").get("contacts").asInt()).isEqualTo(17);
        assertThat(run("why", "bob")).isZero();
        assertThat(out()).contains("lease lookup", "not found", "three relays");
        assertThat(run("why", "bob", "--json")).isZero();
        assertThat(json().get(0).get("steps")).hasSize(2);
    }

    @Test
    void identities_are_one_line() {
        assertThat(run("id")).isZero();
        assertThat(out()).isEqualToNormalizingNewlines(PaperNode.OWN_ADDRESS + "\n");
        assertThat(run("id", "--node")).isZero();
        assertThat(out()).isEqualToNormalizingNewlines(PaperNode.NODE_ADDRESS + "\n");
    }

    @Test
    void an_address_can_be_read_without_a_running_node() throws Exception {
        server.close();
        var suite = new StandardSuite();
        PersonIdentity person = PersonIdentity.generate(suite, new SecureRandom());
        var passphrase = Passphrase.of("secret".toCharArray());
        Files.createDirectories(home.keys());
        PersonKeystore.create(
                home.keys(),
                suite,
                new SecureRandom(),
                new Protection.ByPassphrase(passphrase, ArgonParameters.MINIMUM),
                person);
        home.remember(NetworkId.DEV);
        Path file = Files.writeString(temporary.resolve("passphrase"), "secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(run("id", "--passphrase-file", file.toString())).isZero();
        assertThat(out())
                .isEqualToNormalizingNewlines(person.address(NetworkId.DEV).encode() + "\n");
        Files.writeString(file, "wrong\n");
        assertThat(run("id", "--passphrase-file", file.toString())).isEqualTo(1);
        assertThat(err()).contains("wrong passphrase");
        assertThat(run("id")).isEqualTo(1);
        assertThat(err()).contains("--passphrase-file");
        assertThat(run("id", "--node")).isEqualTo(1);
        assertThat(err()).contains("no node runs");
    }

    @Test
    void stop_waits_for_the_end() {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run("stop"));
        node.stopped().toCompletableFuture().join();
        server.close();
        assertThat(code).succeedsWithin(java.time.Duration.ofSeconds(20)).isEqualTo(0);
        assertThat(out()).contains("has stopped");
    }

    @Test
    void version_names_program_and_node() {
        assertThat(run("version")).isZero();
        assertThat(out()).containsPattern("privatus [0-9]+\\.").contains("node     1.2.3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stauts                       | unknown command 'stauts': did you mean 'status'?",
                "frobnicate                   | unknown command 'frobnicate'",
                "--nonsense                   | unknown option '--nonsense'",
                "send                         | missing NAME: see 'privatus send --help'",
                "send bob                     | missing TEXT",
                "send bob two words           | put a text with spaces in quotes",
                "send bob x --timeout soon    | 'soon' is not a length of time",
                "send bob x --timeout 2h      | longer than 1h",
                "send nobody x                | nobody is called nobody: 'privatus contacts' lists the names",
                "add bob pvp                  | cut short",
                "add bob pvn                  | names a node",
                "add bob nonsense             | this is not a person's address",
                "inbox --limit 0              | --limit is 0: allowed is 1 to 1000",
                "inbox --limit many           | 'many' is not an int",
                "status --jsn                 | did you mean '--json'?",
                "node --join nonsense         | --join: this is not a node's KEY",
                "node --set x                 | KEY=VALUE",
                "node --profile fast          | expected one of",
                "requests acept 3f carol      | did you mean 'accept'?"
            })
    void a_mistake_is_one_line_and_exit_code_2(String line, String message) {
        assertThat(run(line.strip().split(" +"))).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err().strip()).contains(message.strip()).doesNotContain("\n", "Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "contacts", "inbox", "outbox", "requests", "status", "stop", "send bob x", "why bob"})
    void without_a_node_every_command_says_how_to_start_one(String line) {
        server.close();
        assertThat(run(line.split(" "))).isEqualTo(1);
        assertThat(err().strip())
                .contains("no node runs on " + home.path(), "privatus node")
                .doesNotContain("\n");
    }

    @Test
    void a_node_on_a_directory_in_use_says_so() {
        assertThat(run("node", "--profile", "dev")).isEqualTo(1);
        assertThat(err().strip()).contains("another node runs", "privatus stop").doesNotContain("\n");
    }

    @Test
    void a_foreign_directory_is_refused() throws IOException {
        Path foreign = Files.createDirectory(temporary.resolve("foreign"));
        Files.writeString(foreign.resolve("letter.txt"), "mine");
        assertThat(run("node", "--data", foreign.toString())).isEqualTo(1);
        assertThat(err().strip()).contains("holds other files").doesNotContain("\n");
        assertThat(foreign).isDirectoryContaining(path -> path.endsWith("letter.txt"));
    }

    @Test
    void every_command_has_help_with_examples() {
        Terminal terminal = Terminal.system();
        new Privatus(terminal).commandLine().getSubcommands().forEach((name, command) -> {
            assertThat(run(name, "--help")).as(name).isZero();
            assertThat(out()).as(name).contains("Usage: privatus " + name, "Examples:", "  privatus " + name);
        });
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("First steps:", "send");
        assertThat(run()).isZero();
    }
}
