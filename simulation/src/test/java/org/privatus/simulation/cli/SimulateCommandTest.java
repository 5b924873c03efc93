package org.privatus.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.node.cli.Privatus;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nodes 0",
                "--nodes many",
                "--nodes 51 --crypto real",
                "--duration 10",
                "--duration 0s",
                "--loss 1.5",
                "--crypto none",
                "--sed 4"
            })
    void bad_input_is_one_line_and_exit_code_2(String arguments) {
        assertThat(run(arguments)).as(err.toString()).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_small_run_prints_its_summary_and_hash() {
        int code = run("--nodes 12 --seed 5 --duration 90s --people 0.2");
        assertThat(code).as(out + "\n" + err).isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains("messages", "0 missing", "0 repeated")
                .containsPattern("trace +[0-9a-f]{16}");
    }

    @Test
    void a_checked_run_says_in_json_that_it_repeats() throws Exception {
        int code = run("--nodes 12 --seed 6 --duration 60s --people 0.2 --check --json");
        assertThat(code).as(out + "\n" + err).isEqualTo(ExitCodes.OK);
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.get("repeatable").booleanValue()).isTrue();
        assertThat(report.get("secondTraceHash")).isEqualTo(report.get("traceHash"));
        assertThat(report.get("options").get("nodes").intValue()).isEqualTo(12);
    }

    private int run(String arguments) {
        var terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                new TreeMap<>(),
                question -> Optional.empty());
        return new Privatus(terminal).run(("simulate " + arguments).split(" "));
    }
}
