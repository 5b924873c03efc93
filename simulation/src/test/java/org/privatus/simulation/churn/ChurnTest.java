package org.privatus.simulation.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.simulation.random.NormalDistribution;

class ChurnTest {
    private static final int SAMPLES = 20_000;
    /// Of the Kolmogorov–Smirnov statistic at 1 %.
    private static final double CRITICAL = 1.628 / Math.sqrt(SAMPLES);

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.9, 1})
    void sessions_of_many_nodes_follow_the_measured_distribution(double correlation) {
        var settings = new ChurnSettings(Lengths.Weibull.MEASURED, new Lengths.Exponential(600), correlation);
        var churn = new Churn(settings, 5);
        for (int n = 0; n < 2; n++) {
            int session = n;
            assertThat(distance(node -> churn.sessionNanos(node, session), weibull(14_900, 0.68)))
                    .as("session %d", n)
                    .isLessThan(CRITICAL);
            assertThat(distance(node -> churn.absenceNanos(node, session), t -> 1 - Math.exp(-t / 600)))
                    .as("absence %d", n)
                    .isLessThan(CRITICAL);
        }
        assertThat(distance(node -> churn.sessionNanos(node, 0), weibull(14_900, 0.72)))
                .as("the test can fail")
                .isGreaterThan(CRITICAL);
    }

    @Test
    void sessions_of_one_node_follow_it_too_if_they_are_not_correlated() {
        var churn = new Churn(new ChurnSettings(new Lengths.Weibull(60, 2), new Lengths.Fixed(30), 0), 5);
        assertThat(distance(n -> churn.sessionNanos(17, n), weibull(60, 2))).isLessThan(CRITICAL);
        assertThat(churn.absenceNanos(17, 3)).isEqualTo(30 * SECOND);
    }

    @Test
    void a_correlated_node_is_like_itself() {
        for (double correlation : new double[] {0, 0.3, 0.7}) {
            var churn =
                    new Churn(new ChurnSettings(new Lengths.Weibull(900, 0.7), new Lengths.Fixed(1), correlation), 2);
            double[] first = scores(churn, 0);
            double[] second = scores(churn, 1);
            double found = IntStream.range(0, SAMPLES)
                            .mapToDouble(i -> first[i] * second[i])
                            .sum()
                    / SAMPLES;
            assertThat(found).isCloseTo(correlation, within(0.03));
        }
        var same = new Churn(new ChurnSettings(new Lengths.Weibull(900, 0.7), new Lengths.Fixed(1), 1), 2);
        assertThat(same.sessionNanos(4, 0)).isEqualTo(same.sessionNanos(4, 9));
    }

    /// The first or second sessions of all nodes as normal scores.
    private static double[] scores(Churn churn, int n) {
        DoubleUnaryOperator distribution = weibull(900, 0.7);
        return IntStream.range(0, SAMPLES)
                .mapToDouble(node -> churn.sessionNanos(node, n) / 1e9)
                .map(seconds -> NormalDistribution.quantile(distribution.applyAsDouble(seconds)))
                .toArray();
    }

    @Test
    void lengths_are_functions_of_seed_node_and_number() {
        var one = new Churn(ChurnSettings.MEASURED, 1);
        var same = new Churn(ChurnSettings.MEASURED, 1);
        var other = new Churn(ChurnSettings.MEASURED, 2);
        assertThat(same.sessionNanos(8, 3)).isEqualTo(one.sessionNanos(8, 3)).isNotEqualTo(one.sessionNanos(8, 4));
        assertThat(other.sessionNanos(8, 3)).isNotEqualTo(one.sessionNanos(8, 3));
        assertThat(one.absenceNanos(8, 3)).isNotEqualTo(one.sessionNanos(8, 3));
    }

    @Test
    void a_crowd_starts_within_its_time_and_evenly() {
        var crowd = new FlashCrowd(100, SAMPLES, 30 * SECOND, 10 * SECOND);
        assertThat(crowd.includes(99)).isFalse();
        assertThat(crowd.includes(100 + SAMPLES)).isFalse();
        assertThat(distance(node -> crowd.startNanos(7, 100 + node), t -> Math.clamp((t - 30) / 10, 0, 1)))
                .isLessThan(CRITICAL);
        assertThat(crowd.startNanos(7, 100)).isEqualTo(crowd.startNanos(7, 100)).isNotEqualTo(crowd.startNanos(8, 100));
        assertThatThrownBy(() -> crowd.startNanos(7, 99)).hasMessageContaining("node 99");
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatThrownBy(() -> new Lengths.Weibull(0, 1)).hasMessageContaining("scale is 0.0 s");
        assertThatThrownBy(() -> new Lengths.Weibull(1, Double.NaN)).hasMessageContaining("shape is NaN");
        assertThatThrownBy(() -> new Lengths.Exponential(-1)).hasMessageContaining("mean");
        assertThatThrownBy(() -> new ChurnSettings(new Lengths.Fixed(1), new Lengths.Fixed(1), 2))
                .hasMessageContaining("correlation");
        assertThatThrownBy(() -> new FlashCrowd(0, 0, 0, 1)).hasMessageContaining("0 nodes");
        assertThatThrownBy(() -> new FlashCrowd(0, 1, 0, 0)).hasMessageContaining("within 0 ns");
    }

    @Test
    void the_normal_distribution_is_its_quantile_s_inverse() {
        for (double share = 0.0001; share < 1; share += 0.0007) {
            assertThat(NormalDistribution.cumulative(NormalDistribution.quantile(share)))
                    .isCloseTo(share, within(1e-8));
        }
        assertThat(NormalDistribution.cumulative(1)).isCloseTo(0.8413447460685429, within(1e-14));
        assertThat(NormalDistribution.cumulative(-9)).isZero();
    }

    /// The largest distance between the samples' distribution and `expected`, a function of seconds.
    private static double distance(IntToLongFunction sampleNanos, DoubleUnaryOperator expected) {
        double[] seconds = IntStream.range(0, SAMPLES)
                .mapToDouble(i -> sampleNanos.applyAsLong(i) / 1e9)
                .toArray();
        Arrays.sort(seconds);
        double distance = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double share = expected.applyAsDouble(seconds[i]);
            distance = Math.max(distance, Math.max(share - (double) i / SAMPLES, (i + 1.0) / SAMPLES - share));
        }
        return distance;
    }

    private static DoubleUnaryOperator weibull(double scale, double shape) {
        return t -> 1 - Math.exp(-Math.pow(t / scale, shape));
    }
}
