package org.privatus.simulation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.node.control.ControlClient;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.node.home.DataDirectory;

/// A network in one process, Alice's node and Bob's in two more. Whoever is killed, nothing that was acknowledged is lost, and nothing comes twice.
@Tag("process")
class ThreeProcessesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SEND_TIMEOUT_MILLIS = 90_000;
    private static final int INBOX_LIMIT = 1000;

    @TempDir
    Path root;

    @Test
    void noAcknowledgedMessageIsLostOrDoubledWhoeverIsKilled() throws Exception {
        try (var net = NodeProcessUnderTest.start(
                "localnet",
                "--nodes",
                "6",
                "--no-people",
                "--data",
                root.resolve("net").toString())) {
            String join = net.awaitLine("--join (\\S+)");
            var alice = new Person("alice", join);
            var bob = new Person("bob", join);
            try {
                alice.start();
                bob.start();
                alice.add(bob);
                bob.add(alice);
                alice.sendAcknowledged(bob, "to bob, before");
                bob.sendAcknowledged(alice, "to alice, before");

                bob.process().kill();
                CompletableFuture<Boolean> waiting = alice.sendInBackground(bob, "to bob, while he is dead");
                bob.start();
                assertThat(waiting.get()).isTrue();

                alice.process().kill();
                alice.start();
                alice.sendAcknowledged(bob, "to bob, after Alice was dead");
                bob.sendAcknowledged(alice, "to alice, after she was dead");

                killBothBetweenStoreAndAcknowledgement(alice, bob);

                bob.awaitInbox(alice.sent);
                alice.awaitInbox(bob.sent);
                assertThat(alice.process().terminate()).isZero();
                assertThat(bob.process().terminate()).isZero();
            } finally {
                alice.close();
                bob.close();
            }
        }
    }

    /// Bob is frozen while Alice sends, and Alice before Bob stores: his acknowledgement reaches nobody.
    private static void killBothBetweenStoreAndAcknowledgement(Person alice, Person bob) throws Exception {
        String text = "to bob, stored and not acknowledged";
        bob.process().freeze();
        CompletableFuture<Boolean> unanswered = alice.sendInBackground(bob, text);
        await().atMost(PATIENCE).until(() -> alice.outbox().contains(text));
        alice.process().freeze();
        bob.process().thaw();
        bob.awaitStoredOrNothing(text);
        alice.process().kill();
        bob.process().kill();
        assertThat(unanswered.isDone() && unanswered.get()).isFalse();
        bob.start();
        alice.start();
        await().atMost(PATIENCE).until(() -> alice.outbox().isEmpty());
    }

    /// Somebody with a node of their own.
    private final class Person implements AutoCloseable {
        private final String name;
        private final String join;
        private final DataDirectory home;
        private final List<String> sent = new ArrayList<>();
        private NodeProcessUnderTest process;

        Person(String name, String join) {
            this.name = name;
            this.join = join;
            this.home = new DataDirectory(root.resolve(name));
        }

        /// The second start needs no `--join`.
        void start() throws Exception {
            String data = home.path().toString();
            process = home.isInitialised()
                    ? NodeProcessUnderTest.start("node", "--no-console", "--data", data)
                    : NodeProcessUnderTest.start("node", "--no-console", "--data", data, "--join", join);
            process.awaitLine("(Others can reach you)");
        }

        NodeProcessUnderTest process() {
            return process;
        }

        void add(Person other) throws IOException {
            var address = (ControlReply.Address) other.ask(new ControlRequest.Identify(false));
            assertThat(ask(new ControlRequest.AddContact(other.name, address.address())))
                    .isInstanceOf(ControlReply.Done.class);
        }

        void sendAcknowledged(Person to, String text) throws Exception {
            assertThat(sendInBackground(to, text).get()).isTrue();
        }

        /// Whether it was acknowledged; false too when the node died before it answered.
        CompletableFuture<Boolean> sendInBackground(Person to, String text) {
            sent.add(text);
            var outcome = new CompletableFuture<Boolean>();
            Thread.ofVirtual().start(() -> {
                try {
                    ControlReply reply = ask(new ControlRequest.Send(to.name, text, SEND_TIMEOUT_MILLIS));
                    outcome.complete(reply instanceof ControlReply.Acknowledged);
                } catch (IOException e) {
                    outcome.complete(false);
                }
            });
            return outcome;
        }

        List<String> outbox() throws IOException {
            return texts(ask(new ControlRequest.Outbox(INBOX_LIMIT)));
        }

        List<String> inbox() throws IOException {
            return texts(ask(new ControlRequest.Inbox(0, INBOX_LIMIT)));
        }

        /// What Alice's node had handed to the network arrives now; what it had not will when she is back.
        void awaitStoredOrNothing(String text) throws IOException {
            for (int i = 0; i < 50 && !inbox().contains(text); i++) {
                assertThat(process.isAlive()).isTrue();
            }
        }

        void awaitInbox(List<String> expected) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(inbox()).containsExactlyInAnyOrderElementsOf(expected));
        }

        private static List<String> texts(ControlReply reply) {
            return ((ControlReply.Messages) reply)
                    .messages().stream().map(MessageView::text).toList();
        }

        ControlReply ask(ControlRequest request) throws IOException {
            try (ControlClient client =
                    ControlClient.connect(home).orElseThrow(() -> new IOException("no node of " + name + " runs"))) {
                return client.ask(request);
            }
        }

        @Override
        public void close() {
            if (process != null) {
                process.close();
            }
        }
    }
}
