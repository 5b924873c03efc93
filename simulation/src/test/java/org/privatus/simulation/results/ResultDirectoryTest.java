package org.privatus.simulation.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDirectoryTest {
    private static final RunResult RUN = SyntheticRun.of(7, 30, 1, Optional.empty());

    @TempDir
    private Path parent;

    @Test
    void a_summary_has_the_keys_that_were_promised() throws Exception {
        Path target = parent.resolve("deep/er/result");
        ResultDirectory.write(target, RUN, List.of());
        JsonNode summary = json(target);
        assertThat(List.of(
                        "seed",
                        "nodes",
                        "traceHash",
                        "events",
                        "eventsPerCpuSecond",
                        "lookups",
                        "lookupsPerCpuSecond",
                        "requestsPerLookup",
                        "depth",
                        "meanLatencyMs",
                        "success",
                        "bytesPerNode",
                        "delivered",
                        "wallSeconds",
                        "cpuSeconds"))
                .allSatisfy(key -> assertThat(summary.has(key)).as(key).isTrue());
        assertThat(summary.get("seed").longValue()).isEqualTo(7);
        assertThat(summary.get("lookups").longValue()).isEqualTo(900);
        assertThat(summary.get("success").doubleValue()).isBetween(0.9, 1.0);
        assertThat(summary.get("partial").booleanValue()).isFalse();
        assertThat(summary.at("/metrics/delivery/count").longValue())
                .isEqualTo(summary.get("delivered").longValue());
    }

    @Test
    void what_was_not_measured_is_null_and_not_zero() throws Exception {
        var nothing = new RunResult(RUN.info(), new Recording(7));
        ResultDirectory.write(parent.resolve("result"), nothing, List.of());
        JsonNode summary = json(parent.resolve("result"));
        assertThat(summary.get("lookups").isNull()).isTrue();
        assertThat(summary.get("delivered").isNull()).isTrue();
        assertThat(summary.get("violations").longValue()).isZero();
    }

    @Test
    void a_result_is_read_as_it_was_written_and_drawn_again_alike() throws Exception {
        Path target = parent.resolve("result");
        ResultDirectory.write(target, RUN, List.of());
        RunSet read = ResultDirectory.read(target);
        assertThat(read.first().info()).isEqualTo(RUN.info());
        String before = Files.readString(target.resolve("report.html"));
        ResultDirectory.redraw(target);
        assertThat(Files.readString(target.resolve("report.html"))).isEqualTo(before);
        assertThat(everythingIn(parent)).containsExactly("result");
    }

    @Test
    void tables_have_a_row_per_second_and_per_sample() throws Exception {
        Path target = parent.resolve("result");
        ResultDirectory.write(target, RUN, List.of());
        List<String> series = Files.readAllLines(target.resolve("series.csv"));
        assertThat(series.getFirst()).startsWith("second,events,datagrams,bytes,lost,sent,delivered");
        assertThat(series.get(1)).matches("0(,\\d+){15}");
        assertThat(Files.readAllLines(target.resolve("samples-lookup.csv")))
                .hasSize(901)
                .startsWith("atSeconds,node,ms")
                .allMatch(line -> line.startsWith("at") || line.matches("\\d+(\\.\\d+)?,\\d+,\\d+(\\.\\d+)?"));
    }

    @Test
    void a_partial_run_says_so_in_every_file() throws Exception {
        Path target = parent.resolve("result");
        ResultDirectory.write(target, SyntheticRun.of(7, 200, 1, Optional.of("stopped\nby Ctrl-C")), List.of());
        assertThat(json(target).get("partialReason").textValue()).isEqualTo("stopped\nby Ctrl-C");
        for (String name : List.of("series.csv", "samples-lookup.csv", "violations.csv", "scenario.conf")) {
            assertThat(Files.readAllLines(target.resolve(name)).getFirst())
                    .as(name)
                    .startsWith("# PARTIAL: stopped by Ctrl-C");
        }
        assertThat(Files.readString(target.resolve("report.html"))).contains("PARTIAL RESULT");
        assertThat(ResultDirectory.read(target).first().info().text()).isEqualTo(SyntheticRun.SCENARIO);
        assertThat(Files.readString(target.resolve("violations.csv")))
                .contains("queues-bounded,17,\"queue \"\"out\"\", <b>900</b> of 512 entries\"\n");
    }

    @Test
    void an_older_result_is_replaced_and_nothing_else_is() throws Exception {
        Path target = parent.resolve("result");
        ResultDirectory.write(target, SyntheticRun.of(7, 200, 1, Optional.of("stopped")), List.of());
        ResultDirectory.write(target, RUN, List.of());
        assertThat(target.resolve("violations.csv")).doesNotExist();
        assertThat(json(target).get("partial").booleanValue()).isFalse();
        assertThat(everythingIn(parent)).containsExactly("result");

        Files.writeString(target.resolve("thesis.tex"), "months of work");
        refused(target, "has 'thesis.tex', which is no part of a result");
        assertThat(target.resolve("thesis.tex")).exists();

        Path pictures = Files.createDirectories(parent.resolve("pictures"));
        Files.writeString(pictures.resolve("report.html"), "not ours");
        refused(pictures, "holds no result");
        Path file = Files.writeString(parent.resolve("file"), "x");
        refused(file, "is a file");
        refused(file.resolve("below"), "is no directory");
        ResultDirectory.write(Files.createDirectories(parent.resolve("empty")), RUN, List.of());
    }

    private static void refused(Path target, String why) {
        assertThatThrownBy(() -> ResultDirectory.write(target, RUN, List.of()))
                .isInstanceOf(ResultDirectoryException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    @Test
    void what_fails_on_the_way_leaves_nothing() throws Exception {
        Path target = parent.resolve("result");
        var full = new Attachment("events.gz", out -> {
            out.write(new byte[100_000]);
            throw new IOException("No space left on device");
        });
        assertThatThrownBy(() -> ResultDirectory.write(target, RUN, List.of(full)))
                .isInstanceOf(ResultDirectoryException.class)
                .hasMessage("no result was written to " + target + ": No space left on device");
        assertThat(everythingIn(parent)).isEmpty();
        ResultDirectory.write(target, RUN, List.of());
        assertThatThrownBy(() -> ResultDirectory.write(target, RUN, List.of(full)))
                .isInstanceOf(ResultDirectoryException.class);
        assertThat(ResultDirectory.read(target).first().info()).isEqualTo(RUN.info());
    }

    @Test
    void several_seeds_have_a_directory_each_and_means_with_intervals() throws Exception {
        Path target = parent.resolve("result");
        try (var writer = ResultWriter.open(target)) {
            for (long seed = 1; seed <= 6; seed++) {
                writer.seed(SyntheticRun.of(seed, 20, 1, Optional.empty()), List.of());
            }
            writer.aggregate(Optional.of("6 of 200 seeds"));
            writer.commit();
        }
        JsonNode summary = json(target);
        assertThat(summary.get("seeds")).hasSize(6);
        assertThat(summary.get("partialReason").textValue()).isEqualTo("6 of 200 seeds");
        JsonNode latency = summary.get("meanLatencyMs");
        assertThat(latency.get("value").doubleValue())
                .isBetween(latency.get("low").doubleValue(), latency.get("high").doubleValue());
        assertThat(latency.get("confidence").doubleValue()).isEqualTo(0.95);
        assertThat(summary.at("/metrics/lookup/p50Ms/confidence").doubleValue()).isEqualTo(0.96875);
        assertThat(Files.readAllLines(target.resolve("seeds.csv"))).hasSize(8).anyMatch(line -> line.startsWith("6,"));
        RunSet read = ResultDirectory.read(target);
        assertThat(read.runs()).hasSize(6);
        assertThat(read.partial()).contains("6 of 200 seeds");
        assertThat(ResultDirectory.read(target.resolve("seeds/3"))
                        .first()
                        .info()
                        .seed())
                .isEqualTo(3);
        ResultDirectory.redraw(target);
    }

    @Test
    void damaged_results_are_named() throws Exception {
        Path target = parent.resolve("result");
        assertThatThrownBy(() -> ResultDirectory.read(target)).hasMessageContaining("holds no result");
        ResultDirectory.write(target, RUN, List.of());
        byte[] recording = Files.readAllBytes(target.resolve("recording.gz"));
        Files.write(target.resolve("recording.gz"), Arrays.copyOf(recording, recording.length / 2));
        assertThatThrownBy(() -> ResultDirectory.read(target)).isInstanceOf(ResultDirectoryException.class);
        Files.delete(target.resolve("recording.gz"));
        assertThatThrownBy(() -> ResultDirectory.read(target)).hasMessageContaining("does not exist");
        Files.writeString(target.resolve("summary.json"), "{\"format\": 3}");
        assertThatThrownBy(() -> ResultDirectory.read(target)).hasMessageContaining("'format' is no text");
        Files.writeString(target.resolve("summary.json"), "{");
        assertThatThrownBy(() -> ResultDirectory.read(target)).isInstanceOf(ResultDirectoryException.class);
    }

    private static JsonNode json(Path directory) throws IOException {
        return new ObjectMapper().readTree(directory.resolve("summary.json").toFile());
    }

    private static List<String> everythingIn(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
