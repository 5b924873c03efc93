package org.privatus.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privatus.node.cli.Privatus;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;

/// Benches of whole processes with tiny work: that they measure what they say, not how fast it is.
@Tag("process")
class BenchProcessesTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void bench_link_measures_every_figure_and_leaves_no_process() throws IOException {
        JsonNode json = run("bench", "link", "--rounds", "2", "--quick", "--json");
        assertThat(json.get("bench").asText()).isEqualTo("link");
        assertThat(keys(json))
                .containsExactly("bulk.rate", "bulk.cpu", "message.rate", "message.cpu", "ping.p50", "ping.p99");
        assertThat(json.get("rows")).allSatisfy(row -> {
            assertThat(row.get("samples").size()).isEqualTo(2);
            assertThat(row.get("min").asDouble())
                    .isNotNegative()
                    .isLessThanOrEqualTo(row.get("max").asDouble());
        });
        assertThat(ProcessHandle.current().children()).noneMatch(BenchProcessesTest::isOfBench);
    }

    @Test
    @Tag("soak") // ten processes that have to find each other: a minute and more
    void bench_onion_builds_circuits_and_carries_bytes_to_a_hidden_receiver() throws IOException {
        JsonNode json = run("bench", "onion", "--rounds", "1", "--quick", "--json");
        assertThat(keys(json))
                .contains("hidden.bulk.rate", "hidden.ping.p50", "hidden.first-byte", "build.p50", "build.burst.rate");
        assertThat(json.get("rows"))
                .filteredOn(row -> !row.get("unit").asText().contains("CPU"))
                .allSatisfy(row -> assertThat(row.get("median").asDouble()).isPositive());
        assertThat(ProcessHandle.current().children()).noneMatch(BenchProcessesTest::isOfBench);
    }

    @Test
    void bench_crypto_measures_packets_cells_and_handshakes() throws IOException {
        JsonNode json = run("bench", "crypto", "--rounds", "1", "--quick", "--json");
        assertThat(keys(json))
                .contains(
                        "aead.seal.1200",
                        "cell.pass.forward",
                        "cell.portable.receive.3",
                        "hybrid.both",
                        "noise.xk.both");
        assertThat(json.get("rows"))
                .allSatisfy(row -> assertThat(row.get("median").asDouble()).isPositive());
    }

    @Test
    void what_cannot_be_meant_is_said_in_one_line() {
        assertThat(exitCode("bench", "crypto", "--rounds", "21")).isEqualTo(ExitCodes.USAGE);
        assertThat(exitCode("bench", "link", "--rounds", "0")).isEqualTo(ExitCodes.USAGE);
        assertThat(exitCode("bench", "onion", "--against", "i2p")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("--rounds is 0, but must be from 1 to 20")
                .contains("--against is i2p, but must be tor or tor-kist");
    }

    private static boolean isOfBench(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(".bench."))
                .isPresent();
    }

    private static List<String> keys(JsonNode json) {
        var keys = new ArrayList<String>();
        json.get("rows").forEach(row -> keys.add(row.get("key").asText()));
        return keys;
    }

    private JsonNode run(String... arguments) throws IOException {
        int code = exitCode(arguments);
        assertThat(code).as(err.toString()).isEqualTo(ExitCodes.OK);
        return new ObjectMapper().readTree(out.toString());
    }

    private int exitCode(String... arguments) {
        var terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                new TreeMap<>(),
                question -> Optional.empty());
        return new Privatus(terminal).run(arguments);
    }
}
