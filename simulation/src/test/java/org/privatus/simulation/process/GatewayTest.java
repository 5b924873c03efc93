package org.privatus.simulation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.node.control.ControlClient;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.node.home.DataDirectory;

/// A simulated network in one process and a real node in another, as `privatus simulate --gateway` and `privatus node --join` run
/// them: a real person writes to a simulated one, who answers.
@Tag("process")
class GatewayTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SEND_TIMEOUT_MILLIS = 90_000;

    @TempDir
    Path root;

    @Test
    void aRealNodeJoinsASimulatedNetworkAndItsPersonIsAnswered() throws Exception {
        try (var gateway = NodeProcessUnderTest.start(
                "simulate", "local", "--nodes", "10", "--realtime", "--gateway", "127.0.0.1:0")) {
            String join = gateway.awaitLine("--join (127\\S+)$");
            String address = gateway.awaitLine("privatus add person-\\d+ (\\S+)");
            gateway.awaitLine("(All people can be reached)");
            var home = new DataDirectory(root.resolve("alice"));
            try (var alice = NodeProcessUnderTest.start(
                    "node", "--no-console", "--data", home.path().toString(), "--join", join)) {
                alice.awaitLine("(Others can reach you)");
                assertThat(ask(home, new ControlRequest.AddContact("somebody", address)))
                        .isInstanceOf(ControlReply.Done.class);

                assertThat(ask(home, new ControlRequest.Send("somebody", "hello?", SEND_TIMEOUT_MILLIS)))
                        .isInstanceOf(ControlReply.Acknowledged.class);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(inbox(home))
                                .singleElement()
                                .asString()
                                .startsWith("I am simulated person ")
                                .endsWith("; you wrote: hello?"));
                assertThat(alice.terminate()).isZero();
            }
            gateway.askToEnd();
            assertThat(gateway.awaitLine("answers +(\\d+) acknowledged")).isEqualTo("1");
            assertThat(gateway.terminate()).isZero();
        }
    }

    private static List<String> inbox(DataDirectory home) throws IOException {
        return ((ControlReply.Messages) ask(home, new ControlRequest.Inbox(0, 100)))
                .messages().stream().map(MessageView::text).toList();
    }

    private static ControlReply ask(DataDirectory home, ControlRequest request) throws IOException {
        try (ControlClient client =
                ControlClient.connect(home).orElseThrow(() -> new IOException("no node runs at " + home.path()))) {
            return client.ask(request);
        }
    }
}
