package org.privatus.simulation.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.Profiling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `privatus bench`: how fast the whole is on this machine.
@Command(
        name = "bench",
        description = "Measure: how fast this program is on this machine.",
        footer = {
            "  privatus bench simulation                          KAD-1 in three sizes, a quarter of an hour",
            "  privatus bench simulation --nodes 10k --rounds 1   one size, once, two minutes",
            "  privatus bench simulation --nodes 1M --rounds 1    needs 18 GB of heap",
            "  privatus bench link                                a direct link, a minute",
            "  privatus bench onion --against tor                 circuits beside an installed tor, some minutes",
        })
public final class BenchCommand {
    private static final int NODES_MIN = 100;
    private static final int NODES_MAX = 1_000_000;
    private static final int LOOKUPS_MAX = 1_000_000;
    private static final int ROUNDS_MAX = 20;
    private static final int HEAP_BASE_MEGABYTES = 3_000;
    private static final int NODES_PER_MEGABYTE = 66;

    private final Terminal terminal;

    public BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "simulation",
            description = {
                "Run KAD-1, the workload on which simulators are compared, in several sizes, and print what it took.%n",
                "Each size has a process of its own, which warms up first; the best of its rounds counts. A million"
                        + " nodes need 18 GB."
            })
    int simulation(
            @Option(
                            names = "--nodes",
                            split = ",",
                            paramLabel = "N",
                            defaultValue = "1k,10k,100k",
                            description = "Sizes, as in 1k,10k,100k,1M. Default: ${DEFAULT-VALUE}.")
                    List<String> sizes,
            @Option(
                            names = "--lookups",
                            paramLabel = "N",
                            defaultValue = "60000",
                            description =
                                    "Lookups of each run, one per simulated millisecond. Default: ${DEFAULT-VALUE}.")
                    int lookups,
            @Option(
                            names = "--alpha",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Requests of a lookup at once, 2 to 10. Default: ${DEFAULT-VALUE}.")
                    int parallelism,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Runs of each size. Default: ${DEFAULT-VALUE}.")
                    int rounds,
            @Option(names = "--json", description = "Print JSON.") boolean json)
            throws IOException {
        within("--lookups", lookups, 1, LOOKUPS_MAX);
        within("--alpha", parallelism, 2, 10);
        within("--rounds", rounds, 1, ROUNDS_MAX);
        var nodes = sizes.stream().map(BenchCommand::size).toList();
        var measured = new ArrayList<List<Kad1Measurement>>();
        for (int size : nodes) {
            int heap = HEAP_BASE_MEGABYTES + size / NODES_PER_MEGABYTE;
            measured.add(ChildJvm.measure(size, lookups, parallelism, rounds, heap));
        }
        print(new SimulationBench(measured), json);
        return 0;
    }

    @Command(
            name = "link",
            description = {
                "Measure a direct link: rate, messages, round trips, CPU seconds of both ends.%n",
                "Two nodes run in processes of their own, on loopback. Medians of the rounds stand beside their"
                        + " targets."
            },
            footer = {
                "  privatus bench link                   a minute",
                "  privatus bench link --rounds 1        a first look",
                "  privatus bench link --json            for programs: keys stay as they are",
            })
    int link(
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Each figure is measured so often, 1 to 20. Default: ${DEFAULT-VALUE}.")
                    int rounds,
            @Option(names = "--quick", description = "Tiny work: whether everything runs, not how fast.") boolean quick,
            @Option(
                            names = "--profile",
                            paramLabel = "DIR",
                            description =
                                    "Record every process once more after the rounds, into DIR, and print where its"
                                            + " CPU time goes.")
                    @Nullable
                    Path profile,
            @Option(names = "--json", description = "Print JSON.") boolean json)
            throws IOException {
        within("--rounds", rounds, 1, ROUNDS_MAX);
        return new LinkRun(terminal, rounds, quick, json, profiling(profile)).run();
    }

    @Command(
            name = "onion",
            description = {
                "Measure circuits: rates, CPU seconds of all processes, round trips, builds.%n",
                "Six relays, a client, a hidden receiver and a builder of circuits run as nodes in processes of their"
                        + " own, on loopback. Medians of the rounds stand beside their targets."
            },
            footer = {
                "  privatus bench onion                  some minutes on two cores",
                "  privatus bench onion --rounds 1       a first look",
                "  privatus bench onion --json           for programs: keys stay as they are",
            })
    int onion(
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Each figure is measured so often, 1 to 20. Default: ${DEFAULT-VALUE}.")
                    int rounds,
            @Option(names = "--quick", description = "Tiny work: whether everything runs, not how fast.") boolean quick,
            @Option(
                            names = "--against",
                            paramLabel = "PROGRAM",
                            description = {
                                "tor: measure an installed tor beside it, in a private network on loopback, with its"
                                        + " Vanilla scheduler, which is the faster one there.",
                                "tor-kist: the same with the scheduler that tor uses by default."
                            })
                    @Nullable
                    String against,
            @Option(
                            names = "--profile",
                            paramLabel = "DIR",
                            description =
                                    "Record every process once more after the rounds, into DIR, and print where its"
                                            + " CPU time goes.")
                    @Nullable
                    Path profile,
            @Option(names = "--json", description = "Print JSON.") boolean json)
            throws IOException {
        within("--rounds", rounds, 1, ROUNDS_MAX);
        return new OnionRun(terminal, rounds, quick, json, profiling(profile), opponent(against)).run();
    }

    @Command(
            name = "crypto",
            description = {
                "Measure cryptography on one thread: packets, cells, curves, ML-KEM, handshakes.%n",
                "AES-GCM stands beside OpenSSL's, in the same run, where a libcrypto is installed."
            },
            footer = {
                "  privatus bench crypto                 half a minute",
                "  privatus bench crypto --rounds 1      a first look",
                "  privatus bench crypto --json          for programs: keys stay as they are",
            })
    int crypto(
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Each figure is measured so often, 1 to 20. Default: ${DEFAULT-VALUE}.")
                    int rounds,
            @Option(names = "--quick", description = "Tiny work: whether everything runs, not how fast.") boolean quick,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        within("--rounds", rounds, 1, ROUNDS_MAX);
        return new CryptoRun(terminal, rounds, quick, json).run();
    }

    private void print(SimulationBench bench, boolean json) throws JsonProcessingException {
        if (json) {
            terminal.out().println(bench.json());
        } else {
            bench.print(terminal.out());
        }
        terminal.out().flush();
    }

    private static Profiling profiling(@Nullable Path directory) {
        return directory == null ? Profiling.none() : Profiling.into(directory);
    }

    private static Optional<OnionRun.Opponent> opponent(@Nullable String name) {
        return Optional.ofNullable(name).map(text -> switch (text) {
            case "tor" -> OnionRun.Opponent.TOR;
            case "tor-kist" -> OnionRun.Opponent.TOR_KIST;
            default -> throw UserError.usage("--against is " + text + ", but must be tor or tor-kist");
        });
    }

    private static int size(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int factor = lower.endsWith("k") ? 1_000 : lower.endsWith("m") ? 1_000_000 : 1;
        String digits = factor == 1 ? lower : lower.substring(0, lower.length() - 1);
        try {
            int size = Math.multiplyExact(Integer.parseInt(digits), factor);
            within("--nodes", size, NODES_MIN, NODES_MAX);
            return size;
        } catch (NumberFormatException | ArithmeticException e) {
            throw UserError.usage("--nodes has " + text + ", but takes numbers like 1000, 10k or 1M");
        }
    }

    private static void within(String option, int value, int from, int to) {
        if (value < from || value > to) {
            throw UserError.usage(option + " is " + value + ", but must be from " + from + " to " + to);
        }
    }
}
