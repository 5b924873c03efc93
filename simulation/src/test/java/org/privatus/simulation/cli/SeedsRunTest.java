package org.privatus.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.simulation.results.ResultDirectory;
import org.privatus.simulation.results.RunSet;
import picocli.CommandLine.TypeConversionException;

class SeedsRunTest {
    private final CommandLineRun simulate = new CommandLineRun();

    @TempDir
    private Path directory;

    @Test
    void each_seed_has_a_line_and_a_result_and_all_have_one_together() throws Exception {
        Path target = directory.resolve("result");
        int code = simulate.run("--nodes 12 --people 0.2 --duration 20s --seeds 4..5 --out " + target);
        assertThat(code).as(simulate.toString()).isEqualTo(ExitCodes.OK);
        assertThat(simulate.out())
                .containsPattern("seed 4 +[0-9a-f]{16} .*all checks held\n")
                .containsPattern("seed 5 +[0-9a-f]{16} ")
                .containsPattern("deliveredShare +100 %\n");
        RunSet read = ResultDirectory.read(target);
        assertThat(read.runs()).hasSize(2);
        assertThat(read.partial()).isEmpty();
        assertThat(ResultDirectory.read(target.resolve("seeds/5"))
                        .first()
                        .info()
                        .command())
                .endsWith("--seed 5");
    }

    @Test
    void mistakes_are_one_line() {
        assertThat(simulate.run("--seeds 5..4")).isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.run("--seeds some")).isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.run("--seeds 1..3 --seed 1")).isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.run("--seeds 1..3 --events --out " + directory.resolve("r")))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.err().lines()).hasSize(4);
    }

    @Test
    void seeds_are_a_range_or_a_list() {
        var converter = new SeedRange.Converter();
        assertThat(converter.convert("3..5").seeds()).containsExactly(3L, 4L, 5L);
        assertThat(converter.convert("8,3,3").seeds()).containsExactly(3L, 8L);
        assertThatThrownBy(() -> converter.convert("0..99999999")).isInstanceOf(TypeConversionException.class);
    }
}
