package org.privatus.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.ResultDirectory;

class CaptureOptionsTest {
    private final CommandLineRun simulate = new CommandLineRun();

    @TempDir
    private Path directory;

    @Test
    void a_run_writes_what_a_node_sent_and_every_event_beside_its_results() throws Exception {
        Path out = directory.resolve("result");
        int code = simulate.run(
                "--nodes 12 --people 0.2 --duration 40s --shards 2 --pcap node=3,node=11 --events --out " + out);
        assertThat(code).as(simulate.err()).isEqualTo(ExitCodes.OK);
        assertThat(Files.size(out.resolve("node-3.pcapng"))).isGreaterThan(10_000);
        assertThat(Files.size(out.resolve("node-11.pcapng"))).isGreaterThan(10_000);
        for (int shard = 0; shard < 2; shard++) {
            try (var in = new GZIPInputStream(Files.newInputStream(out.resolve("events-" + shard + ".csv.gz")))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines())
                        .hasSizeGreaterThan(1_000);
            }
        }
        var measured = ResultDirectory.read(out).first();
        assertThat(measured.distribution(Metric.CIRCUIT_BUILD).count()).isPositive();
        assertThat(measured.distribution(Metric.LOOKUP).count()).isPositive();
        assertThat(measured.distribution(Metric.DELIVERY).count()).isPositive();
    }

    @Test
    void mistakes_are_one_line() {
        assertThat(simulate.run("--nodes 12 --pcap node=3")).isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.run("--nodes 12 --pcap node=12 --out " + directory.resolve("r")))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.run("--nodes 12 --pcap 3 --out " + directory.resolve("r")))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.err().lines()).hasSize(3);
        assertThat(directory).isEmptyDirectory();
    }
}
