package org.privatus.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privatus.simulation.network.Coordinates.Area;
import org.privatus.testing.SharedVectors;

class LatencyTest {
    private static final int PAIRS = 100_000;
    private static final double[] PERCENT = {10, 25, 50, 75, 90};

    @TempDir
    private Path directory;

    @Test
    void latencies_of_every_model_are_above_its_minimum_and_the_same_both_ways() throws Exception {
        var matrix = new MatrixLatency(LatencyMatrix.read(text("0 3\n3 0\n")), 5, 2_000_000);
        for (LatencyModel model : List.of(
                new KademliaWorkloadLatency(),
                new LognormalLatency(5),
                new CoordinateLatency(5, Coordinates.MEASURED),
                matrix)) {
            assertThat(model.minimumNanos()).isGreaterThanOrEqualTo(1_000_000);
            for (int node = 0; node < 20_000; node++) {
                long there = model.oneWayNanos(node, 3 * node + 1);
                assertThat(there).isGreaterThanOrEqualTo(model.minimumNanos());
                assertThat(model.oneWayNanos(3 * node + 1, node)).isEqualTo(there);
            }
        }
    }

    @Test
    void coordinates_have_the_quantiles_that_were_measured() {
        double[] measured = {31.6, 59.3, 135.0, 201.8, 290.7};
        for (long seed = 1; seed <= 3; seed++) {
            double[] found = roundTrips(new CoordinateLatency(seed, Coordinates.MEASURED));
            for (int i = 0; i < measured.length; i++) {
                assertThat(found[i]).as("%s %%", PERCENT[i]).isCloseTo(measured[i], within(0.06 * measured[i]));
            }
        }
    }

    @Test
    void coordinates_that_are_none_are_refused() {
        var area = new Area(1, 0, 0, 10);
        assertThatThrownBy(() -> new Coordinates(List.of(), 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Coordinates(List.of(area), -1, 1)).hasMessageContaining("-1.0 ms");
        assertThatThrownBy(() -> new Coordinates(List.of(area, new Area(-1, 0, 0, 1)), 1, 1))
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new Area(1, Double.NaN, 0, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "planetlab_01.u16be, 31.6, 59.3, 135.0, 201.8, 290.7",
        "planetlab_11.u16be, 31.1, 60.0, 137.0, 207.7, 305.0"
    })
    void a_measured_matrix_gives_its_own_quantiles(
            String file, double p10, double p25, double p50, double p75, double p90) throws Exception {
        LatencyMatrix matrix = LatencyMatrix.read(SharedVectors.shared("latency/" + file));
        assertThat(matrix.rows()).isEqualTo(490);
        double[] found = roundTrips(new MatrixLatency(matrix, 4));
        double[] measured = {p10, p25, p50, p75, p90};
        for (int i = 0; i < measured.length; i++) {
            assertThat(found[i]).as("%s %%", PERCENT[i]).isCloseTo(measured[i], within(0.05 * measured[i]));
        }
    }

    @Test
    void text_and_binary_say_the_same() throws Exception {
        LatencyMatrix text = LatencyMatrix.read(text("""
            # three hosts
            0, 10.2, 20
            10.2 0 3   # nearer

            20;3;0
            """));
        Path binary = directory.resolve("m.u16be");
        Files.write(binary, new byte[] {0, 0, 0, 102, 0, (byte) 200, 0, 102, 0, 0, 0, 30, 0, (byte) 200, 0, 30, 0, 0});
        LatencyMatrix same = LatencyMatrix.read(binary);
        for (int i = 0; i < 9; i++) {
            assertThat(text.oneWayMicros(i / 3, i % 3)).isEqualTo(same.oneWayMicros(i / 3, i % 3));
        }
        assertThat(text.oneWayMicros(0, 1)).isEqualTo(5_100);
        var model = new MatrixLatency(text, 1, 1_600_000);
        int other = 1;
        while (model.rowOf(other) == model.rowOf(0)) {
            other++;
        }
        int twin = 1;
        while (model.rowOf(twin) != model.rowOf(0)) {
            twin++;
        }
        assertThat(model.oneWayNanos(0, twin)).isEqualTo(1_600_000);
        assertThat(model.oneWayNanos(0, other)).isIn(5_100_000L, 10_000_000L, 1_600_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0 1 2/1 0 2       | m.txt:2: 2 rows of 3 numbers are no square matrix
        0 1/1 0 5         | m.txt:2: 3 numbers where the first row has 2
        0 1/1 x           | m.txt:2: column 2: "x" is no number
        0 1/# c/0 0       | m.txt:3: column 1: "0" is no round trip of up to 60000 ms
        0 60001/1 0       | m.txt:1: column 2: "60001" is no round trip of up to 60000 ms
        0 NaN/1 0         | m.txt:1: column 2: "NaN" is no round trip of up to 60000 ms
        0 -1/1 0          | m.txt:1: column 2: "-1" is no round trip of up to 60000 ms
        0 1/1 0/1 1       | m.txt:3: more rows than columns
        7                 | m.txt:1: 1 columns; allowed is 2 to 4096
        #                 | m.txt:1: 0 rows of 0 numbers are no square matrix
        """)
    void an_unusable_matrix_says_where(String lines, String message) throws Exception {
        Path file = text(lines.replace('/', '\n'));
        assertThatThrownBy(() -> LatencyMatrix.read(file))
                .isInstanceOf(UnreadableMatrixException.class)
                .hasMessage(directory + "/" + message);
    }

    @Test
    void a_file_that_is_no_matrix_is_named() throws Exception {
        Path odd = directory.resolve("odd.u16be");
        Files.write(odd, new byte[10]);
        assertThatThrownBy(() -> LatencyMatrix.read(odd)).hasMessageStartingWith(odd + ": 10 bytes are no square");
        Files.write(odd, new byte[8]);
        assertThatThrownBy(() -> LatencyMatrix.read(odd)).hasMessageContaining("row 1, column 2");
        Path none = directory.resolve("none");
        assertThatThrownBy(() -> LatencyMatrix.read(none)).hasMessage(none + ": there is no such file");
        Path bytes = directory.resolve("bytes");
        Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> LatencyMatrix.read(bytes)).hasMessageContaining("neither text");
        assertThatThrownBy(() -> LatencyMatrix.read(directory)).isInstanceOf(UnreadableMatrixException.class);
    }

    private Path text(String lines) throws Exception {
        return Files.writeString(directory.resolve("m.txt"), lines);
    }

    /// Round trips in ms at the percentiles of [#PERCENT].
    private static double[] roundTrips(LatencyModel model) {
        var millis = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            millis[i] = 2 * model.oneWayNanos(i, 7 * i + 1) / 1e6;
        }
        Arrays.sort(millis);
        return Arrays.stream(PERCENT)
                .map(percent -> millis[(int) (PAIRS * percent / 100)])
                .toArray();
    }
}
