package org.privatus.simulation.cli;

import java.util.Locale;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.scenario.Workload;

/// What a run needs of the heap, roughly: better known before it starts than when it is half done.
final class MemoryNeed {
    private static final long FIXED = 120L << 20;
    private static final long CONVERGED_NODE = 12_500;
    private static final long NODE = 60_000;
    private static final long LINK = 2_500;
    private static final long LINKS_PER_NODE = 300;
    private static final long PERSON = 700_000;
    private static final double GIBIBYTE = 1L << 30;

    private MemoryNeed() {}

    static long bytes(Scenario scenario) {
        return switch (scenario.workload()) {
            case Workload.Lookups _ -> FIXED + scenario.nodes() * CONVERGED_NODE;
            case Workload.Messages(var people) -> FIXED + nodes(scenario.nodes()) + people.count() * PERSON;
        };
    }

    /// A node of a larger network speaks with more others.
    private static long nodes(long count) {
        return count * (NODE + Math.min(count, LINKS_PER_NODE) * LINK);
    }

    /// @throws UserError when this Java has too little
    static void require(Scenario scenario) {
        long needed = bytes(scenario);
        long given = Runtime.getRuntime().maxMemory();
        if (needed > given) {
            throw UserError.runtime(String.format(
                    Locale.ROOT,
                    "%,d nodes need about %.1f GiB of heap, and this Java has %.1f: give it more with"
                            + " PRIVATUS_HEAP=%dg, or take fewer nodes",
                    scenario.nodes(),
                    needed / GIBIBYTE,
                    given / GIBIBYTE,
                    (long) Math.ceil(needed / GIBIBYTE * 1.15)));
        }
    }
}
