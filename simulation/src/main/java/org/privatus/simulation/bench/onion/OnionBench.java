package org.privatus.simulation.bench.onion;

import java.io.IOException;
import java.nio.file.Path;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.harness.Profiling;
import org.privatus.simulation.bench.harness.Progress;
import org.privatus.simulation.bench.harness.RowBook;

/// Measures circuits to their last hops, builds of circuits, and splices to a hidden receiver, each part in a network of its own.
public final class OnionBench {
    private final OnionWork work;
    private final int rounds;
    private final Setting setting;
    private final RowBook book = new RowBook();

    /// What all parts share.
    ///
    /// @param directory on the disk that nodes watch
    record Setting(Path directory, Cleanup cleanup, Progress progress, Profiling profiling) {}

    /// @param directory on the disk that nodes watch
    public OnionBench(
            OnionWork work, int rounds, Path directory, Cleanup cleanup, Progress progress, Profiling profiling) {
        this.work = work;
        this.rounds = rounds;
        this.setting = new Setting(directory, cleanup, progress, profiling);
    }

    /// Everything, round by round.
    public RowBook run() throws IOException {
        new CircuitPart(work, setting, book).run(rounds);
        new HiddenPart(work, setting, book).run(rounds);
        return book;
    }
}
