package org.privatus.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.epoll.Epoll;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.SocketReport;

/// Real sockets on loopback.
@Tag("socket")
class NettyDatagramsTest {
    private static final Endpoint ANY_PORT = Endpoint.parse("127.0.0.1:0");
    private static final int BUFFER = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "1232, 1232",
        "1232, 1240",
        "1232, 12320",
        "1100, 50000",
        "33, 660",
        "8972, 60000",
        "16384, 65000",
        "65000, 65000"
    })
    void trains_arrive_as_the_datagrams_that_they_are_made_of(int segment, int length) throws Exception {
        assertTrainsArrive(true, segment, length);
    }

    @ParameterizedTest
    @CsvSource({"1232, 1240", "1232, 12320", "16384, 65000"})
    void without_epoll_the_same_datagrams_arrive(int segment, int length) throws Exception {
        assertTrainsArrive(false, segment, length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_port_reports_what_the_kernel_granted(boolean mayUseEpoll) throws Exception {
        try (var datagrams = new NettyDatagrams(BUFFER, mayUseEpoll);
                DatagramPort port = datagrams.bind(ANY_PORT, (from, datagram) -> {})) {
            SocketReport report = port.report().orElseThrow();
            assertThat(report.transport()).isEqualTo(datagrams.transport());
            assertThat(report.transport().equals("nio")).isEqualTo(!mayUseEpoll || !Epoll.isAvailable());
            assertThat(report.askedBytes()).isEqualTo(BUFFER);
            assertThat(report.receiveBytes()).isBetween(1, BUFFER);
            assertThat(report.sendBytes()).isBetween(1, BUFFER);
            assertThat(report.dropped()).isZero();
        }
    }

    private static void assertTrainsArrive(boolean mayUseEpoll, int segment, int length) throws Exception {
        byte[] train = new byte[length];
        new Random(segment).nextBytes(train);
        List<byte[]> arrived = new CopyOnWriteArrayList<>();
        try (var datagrams = new NettyDatagrams(BUFFER, mayUseEpoll);
                DatagramPort to = datagrams.bind(ANY_PORT, (from, datagram) -> arrived.add(datagram));
                DatagramPort from = datagrams.bind(ANY_PORT, (sender, datagram) -> {})) {
            from.sendTrain(to.local(), train, length, segment);
            from.sendTrain(to.local(), train, length, segment);
            from.flush();
            int each = (length + segment - 1) / segment;
            await().atMost(Duration.ofSeconds(30)).until(() -> arrived.size() == 2 * each);
            for (int i = 0; i < 2 * each; i++) {
                int start = (i % each) * segment;
                assertThat(arrived.get(i))
                        .isEqualTo(Arrays.copyOfRange(train, start, Math.min(start + segment, length)));
            }
        }
    }
}
