package org.privatus.simulation.bench.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// What the program of a child wants of the actors that own its streams.
final class Desk {
    private Desk() {}

    interface Order {}

    /// Work on the streams that were opened here, all at once.
    record Run(List<Work> works, CompletableFuture<List<Outcome>> done) implements Order {}
}
