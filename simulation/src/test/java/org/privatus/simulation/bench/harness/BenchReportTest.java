package org.privatus.simulation.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final Figures FIGURES = new Figures()
            .atLeast("rate", "bulk", "MB/s", 300)
            .atMost("cpu", "  both ends", "CPU-s/GB", 3)
            .free("p99", "ping", "ms");

    private final RowBook ours = new RowBook();
    private final RowBook others = new RowBook();

    @Test
    void each_row_stands_beside_its_target_and_says_whether_it_was_reached() {
        ours.note("rate", 250);
        ours.note("rate", 350);
        ours.note("rate", 310);
        ours.note("cpu", 3.5);
        ours.note("cpu", 2);
        ours.note("cpu", 3.25);
        BenchReport report = report(Optional.empty(), 3);
        assertThat(printed(report))
                .contains("bulk         310     250–350    MB/s      ≥ 300   reached")
                .contains("  both ends  3.25    2.00–3.50  CPU-s/GB  ≤ 3     MISSED")
                .doesNotContain("ping");
        assertThat(report.allReached()).isFalse();
    }

    @Test
    void a_value_on_the_bound_reaches_it() {
        ours.note("rate", 300);
        ours.note("cpu", 3);
        assertThat(report(Optional.empty(), 1).allReached()).isTrue();
    }

    @Test
    void json_has_the_same_keys_whatever_was_measured_besides() throws Exception {
        ours.note("rate", 600);
        ours.note("p99", 0.0625);
        others.note("rate", 200);
        JsonNode json =
                new ObjectMapper().readTree(report(Optional.of("Tor 0"), 1).json());
        assertThat(json.get("bench").asText()).isEqualTo("demo");
        assertThat(json.get("opponent").asText()).isEqualTo("Tor 0");
        assertThat(json.get("processors").asInt()).isPositive();
        JsonNode rate = json.get("rows").get(0);
        assertThat(rate.get("key").asText()).isEqualTo("rate");
        assertThat(rate.get("median").asDouble()).isEqualTo(600);
        assertThat(rate.get("samples").size()).isEqualTo(1);
        assertThat(rate.get("target").get("atLeast").asDouble()).isEqualTo(300);
        assertThat(rate.get("reached").asBoolean()).isTrue();
        assertThat(rate.get("other").get("median").asDouble()).isEqualTo(200);
        assertThat(rate.get("other").get("ratio").asDouble()).isEqualTo(3);
        JsonNode ping = json.get("rows").get(1);
        assertThat(ping.get("median").asDouble()).isEqualTo(0.0625);
        assertThat(ping.has("target") || ping.has("reached") || ping.has("other"))
                .isFalse();
    }

    @Test
    void an_opponent_that_was_not_measured_in_a_row_leaves_it_open() {
        ours.note("rate", 600);
        ours.note("cpu", 1);
        others.note("rate", 1_200);
        assertThat(printed(report(Optional.of("Tor 0"), 1)))
                .contains("1,200  0.500")
                .containsPattern("both ends.*–");
    }

    private BenchReport report(Optional<String> opponent, int rounds) {
        return new BenchReport(
                "demo", rounds, List.of("about"), FIGURES.rows(ours, opponent.map(_ -> others)), opponent, List.of());
    }

    private static String printed(BenchReport report) {
        var out = new StringWriter();
        report.print(new PrintWriter(out));
        return out.toString();
    }
}
