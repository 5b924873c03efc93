package org.privatus.simulation.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.simulation.gateway.RealtimeOptions;
import org.privatus.simulation.trace.Breakpoint;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of `privatus simulate`, as given.
final class SimulateOptions {
    /// What nodes compute with.
    enum Crypto {
        STUB,
        REAL
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "A shipped scenario (--list names them) or a file. Default: people.")
    private String scenario = "people";

    @Option(names = "--list", description = "List the shipped scenarios.")
    private boolean list;

    @Option(
            names = "--describe",
            paramLabel = "NAME",
            description = "Print a scenario with its comments; 'defaults' prints every key there is.")
    private @Nullable String describe;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one key, such as network.loss=0.05; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes; short for --set nodes=N.")
    private @Nullable Integer nodes;

    @Option(names = "--seed", paramLabel = "S", description = "Where all chance of the run comes from. Default: 0.")
    private @Nullable Long seed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long the workload goes on in virtual time, such as 90s, 10m, 2h.")
    private @Nullable Duration duration;

    @Option(names = "--loss", paramLabel = "P", description = "Share of datagrams that vanish, 0 to 1.")
    private @Nullable Double loss;

    @Option(names = "--people", paramLabel = "P", description = "Share of nodes with a person, 0 to 1.")
    private @Nullable Double people;

    @Option(
            names = "--crypto",
            paramLabel = "stub|real",
            description = "Cheap stand-ins with all sizes kept, or the real primitives (up to 50 nodes).")
    private @Nullable Crypto crypto;

    @Option(
            names = "--shards",
            paramLabel = "K",
            description = "Spread the nodes over K threads. The result is the same, hash included. Default: 1.")
    private int shards = 1;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--check",
            description =
                    "Run twice, the second time on another number of shards where the network allows it, and name the"
                            + " first event that differs.")
    private boolean check;

    @Mixin
    private final RealtimeOptions realtime = new RealtimeOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write the results there: summary, series, samples, report. With --compare: the page, a file.")
    private @Nullable Path out;

    @Option(
            names = "--shrink",
            description = "If a check fails: look for the smallest scenario in which it still does (at most 100 runs).")
    private boolean shrink;

    @Option(
            names = "--until",
            paramLabel = "EVENT",
            converter = BreakpointConverter.class,
            description = "Stop after this event and show how the nodes are: " + Breakpoint.FORMS
                    + ". With --out, state.txt shows more of them.")
    private @Nullable Breakpoint until;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "DIR",
            description = "Run nothing, but compare two results and write B/compare.html, or what --out says.")
    private List<Path> compared = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    @Option(
            names = "--seeds",
            paramLabel = "FROM..TO",
            converter = SeedRange.Converter.class,
            description = "Run once for each seed, 1..20 or 3,5,8; --out gets a result of each and of all together.")
    private @Nullable SeedRange seeds;

    @Mixin
    private final CaptureOptions captures = new CaptureOptions();

    Optional<SeedRange> seeds() {
        return Optional.ofNullable(seeds);
    }

    CaptureOptions captures() {
        return captures;
    }

    String scenario() {
        return scenario;
    }

    boolean list() {
        return list;
    }

    Optional<String> describe() {
        return Optional.ofNullable(describe);
    }

    List<String> assignments() {
        return List.copyOf(assignments);
    }

    Optional<Integer> nodes() {
        return Optional.ofNullable(nodes);
    }

    Optional<Long> seed() {
        return Optional.ofNullable(seed);
    }

    Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    Optional<Double> loss() {
        return Optional.ofNullable(loss);
    }

    Optional<Double> people() {
        return Optional.ofNullable(people);
    }

    Optional<String> crypto() {
        return Optional.ofNullable(crypto).map(chosen -> chosen.name().toLowerCase(Locale.ROOT));
    }

    int shards() {
        return shards;
    }

    ClusterOptions cluster() {
        return cluster;
    }

    boolean check() {
        return check;
    }

    RealtimeOptions realtime() {
        return realtime;
    }

    Optional<Path> out() {
        return Optional.ofNullable(out);
    }

    boolean shrink() {
        return shrink;
    }

    Optional<Breakpoint> until() {
        return Optional.ofNullable(until);
    }

    List<Path> compared() {
        return List.copyOf(compared);
    }

    boolean json() {
        return json;
    }
}
