package org.privatus.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.node.cli.Privatus;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.simulation.results.Figure;
import org.privatus.simulation.results.ResultDirectory;
import org.privatus.simulation.results.SyntheticRun;

class ReportCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

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
        assertThat(run("report", result.toString())).as(err.toString()).isEqualTo(ExitCodes.OK);
        assertThat(result.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void a_comparison_is_printed_and_drawn() throws Exception {
        Path a = result("a", 1, 1);
        Path b = result("b", 2, 1.5);
        assertThat(run("report", "--compare", a.toString(), b.toString()))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .containsPattern("lookup samples +\\d+ ms +\\d+ ms +\\+[0-9.]+ % +δ = 0\\.\\d\\d +< 0\\.001 +differs\n")
                .containsPattern("meanLatencyMs .*noise unknown: one seed\n");
        assertThat(b.resolve("compare.html"))
                .content()
                .contains("Two results compared", "<path class=\"curve s3 dash\"");
        Path elsewhere = directory.resolve("page.html");
        assertThat(run("report", "--compare", a.toString(), b.toString(), "--out", elsewhere.toString()))
                .isEqualTo(ExitCodes.OK);
        assertThat(elsewhere).isNotEmptyFile();
    }

    @Test
    void keys_are_explained() {
        assertThat(run("report", "--keys")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().lines())
                .hasSize(Figure.values().length)
                .anyMatch(line -> line.startsWith("success "));
    }

    @Test
    void mistakes_are_one_line() {
        assertThat(run("report")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("report", directory.toString())).isEqualTo(ExitCodes.FAILED);
        assertThat(run("report", directory.toString(), "--keys")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("report", "--compare", directory.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString().lines()).hasSize(4).anyMatch(line -> line.contains("holds no result"));
    }

    private int run(String... arguments) {
        var terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                new TreeMap<>(),
                question -> Optional.empty());
        var all = new String[arguments.length + 1];
        all[0] = "simulate";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new Privatus(terminal).run(all);
    }
}
