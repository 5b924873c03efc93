package org.privatus.simulation.cli;

import java.nio.file.Path;
import java.util.List;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.scenario.file.ScenarioLibrary;
import org.privatus.simulation.shard.Shard;

/// Decides what `privatus simulate` was asked for.
final class Simulate {
    private final Terminal terminal;
    private final SimulateOptions options;

    Simulate(Terminal terminal, SimulateOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    int run() {
        if (options.list()) {
            return list();
        }
        if (options.describe().isPresent()) {
            return describe(options.describe().get());
        }
        if (!options.compared().isEmpty()) {
            return compare(options.compared());
        }
        if (options.cluster().join().isPresent()) {
            return ClusteredRun.join(options.cluster().join().get());
        }
        boolean clustered = options.cluster().isCoordinator();
        boolean single = !options.check() && options.seeds().isEmpty() && !clustered;
        options.captures().requireSense(options.out().isPresent(), single);
        if (options.seeds().isPresent() && options.seed().isPresent()) {
            throw UserError.usage("give --seed or --seeds, not both");
        }
        if (clustered
                && (options.check() || options.shards() > 1 || options.seeds().isPresent())) {
            throw UserError.usage("--check, --shards and --seeds are for runs in one process: leave out --cluster");
        }
        if (options.shrink() && !single) {
            throw UserError.usage("--shrink goes with a single run: give --seed, and neither --seeds nor --check");
        }
        if (options.until().isPresent() && !(single && options.shards() == 1 && !options.shrink())) {
            throw UserError.usage("--until goes with a single run on one shard: leave out --check, --seeds, --shards,"
                    + " --cluster and --shrink");
        }
        Invocation invocation = Invocation.of(options);
        if (options.realtime().isAsked()) {
            requireNothingRepeatable();
            return options.realtime().run(terminal, invocation.scenario(), options.duration());
        }
        requireShards(invocation.scenario());
        MemoryNeed.require(invocation.scenario());
        if (options.seeds().isPresent()) {
            return new SeedsRun(terminal, options, invocation, options.seeds().get()).run();
        }
        if (options.check()) {
            return new CheckedRun(terminal, options, invocation).run();
        }
        return new SingleRun(terminal, options, invocation).run();
    }

    private int list() {
        for (String name : ScenarioLibrary.names()) {
            terminal.out().printf("%-16s%s%n", name, ScenarioLibrary.find(name).headline());
        }
        terminal.out().println();
        terminal.out()
                .println("'privatus simulate --describe NAME' prints one; 'defaults' is every key that there is.");
        return ExitCodes.OK;
    }

    private int compare(List<Path> results) {
        if (results.size() != 2) {
            throw UserError.usage("--compare takes two results, once");
        }
        new ComparisonRun(terminal).run(results.getFirst(), results.getLast(), options.out());
        return ExitCodes.OK;
    }

    private int describe(String name) {
        terminal.out().print(ScenarioLibrary.find(name).hocon());
        return ExitCodes.OK;
    }

    private void requireNothingRepeatable() {
        boolean stub = options.crypto().filter("stub"::equals).isPresent();
        if (options.check()
                || options.seeds().isPresent()
                || options.json()
                || options.shrink()
                || options.until().isPresent()
                || stub
                || options.shards() > 1
                || options.out().isPresent()) {
            throw UserError.usage(
                    "--realtime goes with none of --check, --seeds, --shards, --shrink, --until, --out, --json and"
                            + " --crypto stub: real nodes are in it, and no run is like another");
        }
    }

    private void requireShards(Scenario scenario) {
        try {
            var _ = new ShardMap(scenario.nodes(), options.shards());
        } catch (IllegalArgumentException e) {
            throw UserError.usage("--shards: " + e.getMessage());
        }
        long least = scenario.network().latency().model(scenario.seed()).minimumNanos();
        if (options.shards() > 1 && least < Shard.LOOKAHEAD_MIN_NANOS) {
            throw UserError.usage("--shards: the network has links of " + least + " ns, and shards need at least "
                    + Shard.LOOKAHEAD_MIN_NANOS + " ns; allowed: 1");
        }
    }
}
