package org.privatus.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.home.DataDirectory;
import org.privatus.onion.path.KeptGuard;
import org.privatus.onion.path.KeptMeasure;
import org.privatus.onion.path.KeptRelay;
import org.privatus.onion.path.PathMemory;

class PathsFileTest {
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NetworkId NETWORK = NetworkId.DEV;

    @TempDir
    private Path data;

    private DataDirectory directory;
    private final List<String> said = new ArrayList<>();
    private final PathMemory memory = memory();

    @BeforeEach
    void a_new_data_directory() {
        directory = new DataDirectory(data.resolve("home"));
        directory.claim().close();
    }

    private static PathMemory memory() {
        NodeIdentity relay = NodeIdentity.generate(SUITE, RANDOM, 0);
        var content = new NodeDescriptor.Content(
                List.of(Endpoint.parse("80.1.2.3:4")),
                OnionKeyPair.generate(SUITE, RANDOM).key(),
                1,
                1_000_000,
                0,
                0,
                0,
                NodeDescriptor.RELAYS);
        return new PathMemory(
                List.of(new KeptGuard(relay.id(), 5, 10, 7, 0)),
                List.of(),
                List.of(new KeptRelay(
                        NodeDescriptor.create(SUITE, relay, NETWORK, content),
                        new KeptMeasure(16, 0, 3, 0, 2_000, 60))));
    }

    private NodeHome open() throws IOException {
        return NodeHome.openWithPerson(directory, NETWORK, SUITE, RANDOM, fresh -> Optional.empty(), line -> {});
    }

    @Test
    void a_node_that_starts_again_on_its_data_directory_has_its_guards() throws IOException {
        try (NodeHome home = open()) {
            assertThat(home.paths(said::add)).isEqualTo(PathMemory.EMPTY);
            home.keep(memory);
        }
        try (NodeHome home = open()) {
            assertThat(home.paths(said::add)).isEqualTo(memory);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void nothing_in_the_file_names_a_relay() throws IOException {
        try (NodeHome home = open()) {
            home.keep(memory);
            byte[] bytes = Files.readAllBytes(directory.paths());
            byte[] key = memory.descriptors().getFirst().key().toBytes();
            String file = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(file).doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void a_file_changed_anywhere_or_cut_is_refused_with_a_line_and_replaced() throws IOException {
        try (NodeHome home = open()) {
            home.keep(memory);
            byte[] whole = Files.readAllBytes(directory.paths());
            for (int i = 0; i < whole.length; i++) {
                byte[] changed = whole.clone();
                changed[i] ^= 1;
                refused(home, changed);
                refused(home, Arrays.copyOf(whole, i));
            }
            refused(home, new byte[1 << 20]);
            home.keep(memory);
            said.clear();
            assertThat(home.paths(said::add)).isEqualTo(memory);
            assertThat(said).isEmpty();
        }
    }

    private void refused(NodeHome home, byte[] content) throws IOException {
        Files.write(directory.paths(), content);
        said.clear();
        assertThat(home.paths(said::add)).isEqualTo(PathMemory.EMPTY);
        assertThat(said)
                .singleElement()
                .asString()
                .contains("guards are chosen anew")
                .doesNotContain("\n");
    }

    @Test
    void the_file_of_another_node_is_refused() throws IOException {
        try (NodeHome home = open()) {
            home.keep(memory);
        }
        var other = new DataDirectory(data.resolve("other"));
        other.claim().close();
        try (NodeHome home =
                NodeHome.openWithPerson(other, NETWORK, SUITE, RANDOM, fresh -> Optional.empty(), line -> {})) {
            Files.copy(directory.paths(), other.paths());
            assertThat(home.paths(said::add)).isEqualTo(PathMemory.EMPTY);
        }
        assertThat(said).singleElement().asString().contains("belongs to another node or network");
    }
}
