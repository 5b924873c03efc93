package org.privatus.simulation.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// `privatus simulate`. Holds the options alone: what runs is [Simulate].
@Command(
        name = "simulate",
        description = {
            "Run many nodes in virtual time: the same actors as real nodes, on a simulated network.%n",
            "A scenario says how many nodes there are, what they do, what goes wrong, who misbehaves and what must hold"
                    + " nevertheless. Without one, each tenth node carries a person who writes to one other every 30"
                    + " seconds. The run shows what became of every message, how long it took, and a hash of"
                    + " everything that happened: same scenario and seed, same hash, on every machine.",
            "%nExit codes: 0 done, 1 it could not be done or two runs differ, 2 wrong usage or scenario, 3 a check of"
                    + " the scenario failed, 130 interrupted (what there is is written, marked as partial)."
        },
        footer = {
            "  privatus simulate --list                                 what is shipped",
            "  privatus simulate --describe defaults                    every key that a scenario may have",
            "  privatus simulate --nodes 300 --seed 42",
            "  privatus simulate partition --set network.loss=0.02      one key otherwise",
            "  privatus simulate my.conf --check                        run twice and compare every event",
            "  privatus simulate my.conf --seed 7 --shrink              the smallest scenario that still fails",
            "  privatus simulate my.conf --seed 7 --until 4:17          how the nodes are after event 17 of node 4",
            "  privatus simulate kad-1 --nodes 100000 --out results",
            "  privatus simulate --compare A B                          two results, and what differs beyond noise",
            "  privatus simulate local --realtime --gateway 127.0.0.1:9000    a network that real nodes join",
            "",
            "More memory for more nodes: PRIVATUS_HEAP=14g privatus simulate …"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final List<String> ALONGSIDE_COMPARE = List.of("--compare", "--out");

    private final Terminal terminal;

    @Mixin
    private final SimulateOptions options = new SimulateOptions();

    SimulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!options.compared().isEmpty()) {
            requireNothingElse();
        }
        return new Simulate(terminal, options).run();
    }

    /// A comparison runs nothing that other options could be for.
    private void requireNothingElse() {
        ParseResult given = spec.commandLine().getParseResult();
        boolean more = !given.matchedPositionals().isEmpty()
                || given.matchedOptions().stream()
                        .anyMatch(option -> !ALONGSIDE_COMPARE.contains(option.longestName()));
        if (more) {
            throw UserError.usage("--compare A B goes alone, or with --out FILE");
        }
    }
}
