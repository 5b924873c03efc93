package org.privatus.simulation.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privatus.simulation.results.MeasuredRun;
import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.results.RunInfo;
import org.privatus.simulation.results.RunResult;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.Series;
import org.privatus.simulation.results.SyntheticRun;

class ReportPageTest {
    private static final int LARGEST = 1_000_000;

    @Test
    void text_from_outside_stays_text() {
        String page = page(SyntheticRun.of(1, 200, 1, Optional.of("<img src=x onerror=alert(1)>")));
        assertThat(page)
                .doesNotContain("<script>alert(1)")
                .doesNotContain("<img src")
                .doesNotContain("<b>900</b>")
                .contains("&lt;/pre&gt;&lt;script&gt;alert(1)")
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .contains("slow nodes &lt;17&gt;");
        assertThat(page.split("<script", -1))
                .as("one script, and the numbers of each plot")
                .hasSize(page.split("<figure", -1).length + 1);
    }

    @Test
    void nothing_is_fetched() {
        String page = page(SyntheticRun.of(1, 60, 1, Optional.empty()));
        assertThat(page).doesNotContain("http://", "https://", "src=", "@import", "url(");
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void the_largest_run_makes_a_page_below_its_limit() {
        var recording = new Recording(1);
        for (int i = 0; i < Recording.NAMES_MAX; i++) {
            recording.counter("c".repeat(Recording.NAME_LENGTH_MAX - 4) + i, Long.MAX_VALUE / 2);
        }
        for (Metric metric : Metric.values()) {
            IntStream.range(0, 2_000).forEach(i -> recording.sample(metric, 0, i, (long) StrictMath.pow(i, 3.5)));
        }
        for (int second = 0; second < 2_000; second++) {
            for (Series which : Series.values()) {
                if (which.isLevel()) {
                    recording.gauge(which, second * 1_000_000_000L, second * 77L % 1_234_567);
                } else {
                    recording.count(which, second * 1_000_000_000L, second * 7919L % 123_456_789);
                }
            }
        }
        RunInfo small = SyntheticRun.of(1, 1, 1, Optional.empty()).info();
        var info = new RunInfo(
                "x".repeat(300),
                "description ".repeat(100),
                "key = \"<&>\"\n".repeat(50_000),
                "command ".repeat(20_000),
                1,
                1_000_000,
                "0123456789abcdef",
                Long.MAX_VALUE,
                2_000,
                Optional.empty(),
                small.periods(),
                small.costs());
        MeasuredRun run = new RunResult(info, recording).measured();
        assertThat(bytes(RunSet.of("one", run))).isLessThan(LARGEST);
        List<MeasuredRun> many = IntStream.range(0, 400).mapToObj(_ -> run).toList();
        assertThat(bytes(new RunSet("many", Optional.empty(), many))).isLessThan(LARGEST);
    }

    private static int bytes(RunSet set) {
        return new ReportPage(set).html().getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void an_empty_run_makes_a_page() {
        RunInfo info = SyntheticRun.of(1, 1, 1, Optional.empty()).info();
        assertThat(page(new RunResult(info, new Recording(1))))
                .contains("all held")
                .doesNotContain("NaN");
    }

    @Test
    void a_part_of_a_run_does_not_say_that_all_checks_held() {
        RunInfo info = SyntheticRun.of(1, 1, 1, Optional.of("a member is gone")).info();
        assertThat(page(new RunResult(info, new Recording(1))))
                .contains("none failed in this part")
                .doesNotContain("all held");
    }

    @Test
    void quantities_are_as_people_read_them() {
        assertThat(List.of(
                        Quantity.MILLIS.show(0.4123),
                        Quantity.MILLIS.show(999.4),
                        Quantity.MILLIS.show(1_234),
                        Quantity.MILLIS.show(600_000),
                        Quantity.BYTES.show(11_482),
                        Quantity.COUNT.show(1_234),
                        Quantity.COUNT.show(1_234_567),
                        Quantity.PER_SECOND.show(4_000),
                        Quantity.SHARE.show(0.99956),
                        Quantity.RATIO.show(21.534)))
                .containsExactly(
                        "0.412 ms",
                        "999 ms",
                        "1.23 s",
                        "10 min",
                        "11.5 kB",
                        "1,234",
                        "1.23 M",
                        "4,000/s",
                        "99.96 %",
                        "21.53");
    }

    private static String page(RunResult run) {
        return new ReportPage(RunSet.of("run", run.measured())).html();
    }
}
