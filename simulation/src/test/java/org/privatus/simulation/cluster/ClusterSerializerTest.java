package org.privatus.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterSerializerTest {
    private final ClusterSerializer serializer = new ClusterSerializer();

    static Stream<ClusterMessage> messages() {
        return Stream.of(
                new ClusterMessage.Hello("pekko://a@h:1/user/control", 3),
                new ClusterMessage.Welcome(TransportKind.ARTERY, "/a/file", "töken"),
                new ClusterMessage.Here("path", true, "10.0.0.1:5"),
                new ClusterMessage.Assigned(
                        2, TransportKind.AERON, List.of("a", "b", "c"), List.of(), "dir", new byte[] {1, 2}),
                new ClusterMessage.Chunk(new byte[] {4, 5, 6}),
                new ClusterMessage.Finished(1, 77),
                new ClusterMessage.Fetch(9),
                new ClusterMessage.Part(1, 128, new byte[] {7}),
                new ClusterMessage.Failed(3, "line"),
                new ClusterMessage.Lost("line"),
                new ClusterMessage.Goodbye());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_message_comes_back_as_it_was(ClusterMessage message) {
        Object read = serializer.fromBinary(serializer.toBinary(message), serializer.manifest(message));
        assertThat(read).usingRecursiveComparison().isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_that_is_cut_short_is_refused(ClusterMessage message) {
        byte[] bytes = serializer.toBinary(message);
        if (bytes.length > 0 && !(message instanceof ClusterMessage.Chunk)) {
            byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
            assertThatThrownBy(() -> serializer.fromBinary(cut, serializer.manifest(message)))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }
}
