package org.privatus.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.simulation.results.Figure;
import org.privatus.simulation.results.ResultDirectory;
import org.privatus.simulation.results.SyntheticRun;

class ReportCommandTest {
    private final CommandLineRun simulate = new CommandLineRun();

    @TempDir
    private Path directory;

    private Path result(String name, long seed, double slowness) throws Exception {
        Path written = directory.resolve(name);
        ResultDirectory.write(written, SyntheticRun.of(seed, 20, slowness, Optional.empty()), List.of());
        return written;
    }

    @Test
    void a_report_is_drawn_again() throws Exception {
        Path result = result("a", 1, 1);
        Files.delete(result.resolve("report.html"));
        assertThat(simulate.run("report " + result)).as(simulate.err()).isEqualTo(ExitCodes.OK);
        assertThat(result.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void a_comparison_is_printed_and_drawn() throws Exception {
        Path a = result("a", 1, 1);
        Path b = result("b", 2, 1.5);
        assertThat(simulate.run("report --compare " + a + " " + b))
                .as(simulate.err())
                .isEqualTo(ExitCodes.OK);
        assertThat(simulate.out())
                .containsPattern("lookup samples +\\d+ ms +\\d+ ms +\\+[0-9.]+ % +δ = 0\\.\\d\\d +< 0\\.001 +differs\n")
                .containsPattern("meanLatencyMs .*noise unknown: one seed\n");
        assertThat(b.resolve("compare.html"))
                .content()
                .contains("Two results compared", "<path class=\"curve s3 dash\"");
        Path elsewhere = directory.resolve("page.html");
        assertThat(simulate.run("report --compare " + a + " " + b + " --out " + elsewhere))
                .isEqualTo(ExitCodes.OK);
        assertThat(elsewhere).isNotEmptyFile();
    }

    @Test
    void a_comparison_needs_no_subcommand() throws Exception {
        Path a = result("a", 1, 1);
        Path b = result("b", 2, 1.5);
        assertThat(simulate.run("--compare " + a + " " + b)).as(simulate.err()).isEqualTo(ExitCodes.OK);
        assertThat(simulate.out())
                .contains("lookup samples", b.resolve("compare.html").toString());
        assertThat(simulate.run("--compare " + a + " " + b + " --nodes 5")).isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.run("--compare " + a + " " + b + " --compare " + a + " " + b))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.run("--compare " + a + " " + directory.resolve("c")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(simulate.err().lines()).hasSize(3);
    }

    @Test
    void keys_are_explained() {
        assertThat(simulate.run("report --keys")).isEqualTo(ExitCodes.OK);
        assertThat(simulate.out().lines())
                .hasSize(Figure.values().length)
                .anyMatch(line -> line.startsWith("success "));
    }

    @Test
    void mistakes_are_one_line() {
        assertThat(simulate.run("report")).isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.run("report " + directory)).isEqualTo(ExitCodes.FAILED);
        assertThat(simulate.run("report " + directory + " --keys")).isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.run("report --compare " + directory)).isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.err().lines()).hasSize(4).anyMatch(line -> line.contains("holds no result"));
    }
}
