package org.privatus.simulation.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `privatus simulate`. Holds the options alone: what runs is [SimulateRun].
@Command(
        name = "simulate",
        description = {
            "Run many nodes in virtual time: the same actors as real nodes, on a simulated network.%n",
            "Each tenth node carries a person; each person writes to one other every 30 seconds. The run shows whether"
                    + " every message arrived exactly once, how long it took, and a hash of everything that happened:"
                    + " same options, same hash, on every machine."
        },
        footer = {
            "  privatus simulate --nodes 300 --seed 42",
            "  privatus simulate --nodes 50 --loss 0.05 --crypto real",
            "  privatus simulate --nodes 100 --duration 2m --check      run twice and compare every event"
        })
final class SimulateCommand implements Callable<Integer> {
    /// What nodes compute with.
    enum Crypto {
        STUB,
        REAL
    }

    private final Terminal terminal;

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes, 1 to 1000000. Default: 300.")
    private int nodes = 300;

    @Option(names = "--seed", paramLabel = "S", description = "Where all chance of the run comes from. Default: 0.")
    private long seed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long people write, in virtual time, such as 90s, 10m, 2h. Default: 10m.")
    private Duration duration = Duration.ofMinutes(10);

    @Option(names = "--loss", paramLabel = "P", description = "Share of datagrams that vanish, 0 to 1. Default: 0.")
    private double loss;

    @Option(names = "--people", paramLabel = "P", description = "Share of nodes with a person, 0 to 1. Default: 0.1.")
    private double people = 0.1;

    @Option(names = "--check", description = "Run twice and compare; shows the first event that differs.")
    private boolean check;

    @Option(
            names = "--crypto",
            paramLabel = "stub|real",
            description =
                    "Cheap stand-ins with all sizes kept, or the real primitives (up to 50 nodes). Default: stub.")
    private Crypto crypto = Crypto.STUB;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    SimulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new SimulateRun(terminal, json).run(nodes, seed, duration, loss, people, crypto == Crypto.REAL, check);
    }
}
