package org.privatus.simulation.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.results.RunResult;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.SyntheticRun;

class ComparisonTest {
    private static final int SECONDS = 20;

    private static RunSet one(long seed, double slowness) {
        return RunSet.of(
                "one",
                SyntheticRun.of(seed, SECONDS, slowness, Optional.empty()).measured());
    }

    private static RunSet several(int firstSeed, double slowness) {
        return new RunSet(
                "several",
                Optional.empty(),
                IntStream.range(firstSeed, firstSeed + 6)
                        .mapToObj(seed -> SyntheticRun.of(seed, SECONDS, slowness, Optional.empty())
                                .measured())
                        .toList());
    }

    private static Difference of(Comparison comparison, String name) {
        return comparison.differences().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_run_equals_itself() {
        Comparison comparison = Comparison.of(one(1, 1), one(1, 1));
        assertThat(comparison.differences())
                .allMatch(each -> each.verdict() == Verdict.EQUAL || each.verdict() == Verdict.WITHIN_NOISE);
        assertThat(of(comparison, "lookup samples").effect()).isZero();
    }

    @Test
    void single_numbers_of_one_seed_get_no_verdict_but_samples_do() {
        Comparison comparison = Comparison.of(one(1, 1), one(2, 1.5));
        assertThat(of(comparison, "meanLatencyMs").verdict()).isEqualTo(Verdict.NOISE_UNKNOWN);
        Difference lookups = of(comparison, "lookup samples");
        assertThat(lookups.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(lookups.effect()).isBetween(0.3, 0.6);
        assertThat(comparison.differences().getFirst().verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(comparison.method()).contains("single seed");
    }

    @Test
    void one_seed_beside_several_gets_no_verdict() {
        RunSet several = several(1, 1);
        var silent = new RunResult(several.first().info(), new Recording(0)).measured();
        var withSilent = new RunSet(
                "several", Optional.empty(), List.of(silent, several.runs().getLast()));
        Comparison comparison = Comparison.of(withSilent, one(9, 2));
        assertThat(comparison.differences()).allMatch(each -> each.test() == Difference.Test.NONE);
        assertThat(of(comparison, "lookup p50").verdict()).isEqualTo(Verdict.NOISE_UNKNOWN);
        assertThat(comparison.method()).startsWith("One side is a single seed");
    }

    @Test
    void other_seeds_of_the_same_are_within_noise() {
        Comparison comparison = Comparison.of(several(1, 1), several(101, 1));
        assertThat(comparison.differences())
                .noneMatch(each -> each.verdict() == Verdict.DIFFERS || each.verdict() == Verdict.NOISE_UNKNOWN);
        assertThat(of(comparison, "meanLatencyMs").verdict()).isEqualTo(Verdict.WITHIN_NOISE);
        assertThat(of(comparison, "nodes").verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void a_change_of_a_tenth_shows_over_seeds() {
        Comparison comparison = Comparison.of(several(1, 1), several(101, 1.1));
        Difference latency = of(comparison, "meanLatencyMs");
        assertThat(latency.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(latency.change()).isBetween(0.05, 0.15);
        assertThat(latency.effect()).isGreaterThan(2);
        assertThat(of(comparison, "lookup p50").test()).isEqualTo(Difference.Test.WELCH);
    }
}
