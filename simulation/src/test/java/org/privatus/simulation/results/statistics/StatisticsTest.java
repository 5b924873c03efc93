package org.privatus.simulation.results.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    /// Any table of Student's t.
    @ParameterizedTest
    @CsvSource({
        "0.95, 1, 12.7062",
        "0.95, 2, 4.30265",
        "0.95, 4, 2.77645",
        "0.95, 9, 2.26216",
        "0.95, 30, 2.04227",
        "0.99, 9, 3.24984",
        "0.95, 1000000, 1.95997"
    })
    void students_quantiles_are_those_of_the_tables(double confidence, double freedom, double t) {
        assertThat(StudentT.critical(confidence, freedom)).isCloseTo(t, offset(5e-5 * t));
        assertThat(StudentT.twoSided(t, freedom)).isCloseTo(1 - confidence, offset(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "1, 0.158655254", "1.959964, 0.025", "3.5, 0.000232629", "-1, 0.841344746", "6, 9.8659e-10"})
    void normal_tails_are_those_of_the_tables(double z, double tail) {
        assertThat(SpecialFunctions.normalTail(z)).isCloseTo(tail, offset(1e-5 * tail));
    }

    @Test
    void the_gamma_function_is_that_of_factorials() {
        assertThat(StrictMath.exp(SpecialFunctions.logGamma(6))).isCloseTo(120, offset(1e-9));
        assertThat(StrictMath.exp(SpecialFunctions.logGamma(0.5)))
                .isCloseTo(StrictMath.sqrt(StrictMath.PI), offset(1e-10));
    }

    @Test
    void a_mean_has_students_interval() {
        Estimate mean = Estimate.ofMean(new double[] {5, 7, 9, 11, 13});
        assertThat(mean.value()).isEqualTo(9);
        assertThat(mean.high() - 9).isCloseTo(2.77645 * StrictMath.sqrt(10) / StrictMath.sqrt(5), offset(1e-3));
        assertThat(Estimate.ofMean(new double[] {5}).hasInterval()).isFalse();
    }

    @Test
    void a_median_has_the_interval_of_order_statistics() {
        double[] ten = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
        Estimate median = Estimate.ofMedian(ten);
        assertThat(median.value()).isEqualTo(5.5);
        assertThat(List.of(median.low(), median.high())).containsExactly(2.0, 9.0);
        assertThat(median.confidence()).isCloseTo(0.9785, offset(1e-4));
        Estimate ofThree = Estimate.ofMedian(new double[] {1, 2, 3});
        assertThat(ofThree.confidence()).isCloseTo(0.75, offset(1e-9));
        assertThat(ofThree.low()).isEqualTo(1);
    }

    /// The expected values are those of SciPy's `ttest_ind(equal_var=False)`.
    @Test
    void welchs_test_finds_what_others_find() {
        double[] a = {27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4};
        double[] b = {27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 24.1};
        WelchTest test = WelchTest.of(a, b);
        assertThat(test.p()).isCloseTo(0.008425436725602, offset(1e-10));
        assertThat(test.effect()).isCloseTo(1.007327112298661, offset(1e-12));
        assertThat(WelchTest.of(new double[] {1, 1}, new double[] {1, 1}).p()).isEqualTo(1);
        assertThat(WelchTest.of(new double[] {1, 1}, new double[] {2, 2}).p()).isZero();
    }

    @Test
    void welchs_test_errs_as_often_as_it_says() {
        var random = new SplittableRandom(4);
        int found = 0;
        for (int i = 0; i < 2000; i++) {
            double[] a = random.doubles(8).toArray();
            double[] b = random.doubles(12).toArray();
            found += WelchTest.of(a, b).p() < 0.05 ? 1 : 0;
        }
        assertThat(found).isBetween(70, 135);
    }

    /// The expected values are those of SciPy's `mannwhitneyu(method='asymptotic')`.
    @Test
    void ranks_are_tested_as_mann_and_whitney_did() {
        RankTest test = RankTest.of(counts(1, 2, 3, 4, 5, 6, 12, 13), counts(7, 8, 9, 10, 11, 14, 15, 16));
        assertThat(test.delta()).isCloseTo(2 * 54.0 / 64 - 1, offset(1e-12));
        assertThat(test.p()).isCloseTo(0.023948674879759, offset(1e-10));
    }

    /// SciPy again, for its correction for ties.
    @Test
    void tied_ranks_are_corrected() {
        RankTest test = RankTest.of(counts(1, 1, 2, 2, 3, 5, 5, 8, 9), counts(2, 3, 3, 4, 5, 5, 5, 9, 9, 11));
        assertThat(test.p()).isCloseTo(0.199038867251954, offset(1e-10));
        assertThat(test.delta()).isCloseTo(1 - 2 * 29.0 / 90, offset(1e-12));
    }

    @Test
    void ties_are_half_of_a_win_and_equal_sets_are_equal() {
        RankTest same = RankTest.of(counts(1, 1, 1, 2, 2), counts(1, 1, 1, 2, 2));
        assertThat(same.delta()).isZero();
        assertThat(same.p()).isEqualTo(1);
        assertThat(RankTest.of(counts(3, 3, 3), counts(3, 3, 3)).p()).isEqualTo(1);
        assertThat(RankTest.of(counts(1, 2), counts(8, 9)).delta()).isEqualTo(1);
    }

    private static NavigableMap<Long, Long> counts(long... values) {
        var counts = new TreeMap<Long, Long>();
        for (long value : values) {
            counts.merge(value, 1L, Long::sum);
        }
        return counts;
    }
}
