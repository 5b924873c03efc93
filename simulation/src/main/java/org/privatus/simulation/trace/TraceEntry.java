package org.privatus.simulation.trace;

import java.util.Locale;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;

/// One thing that happened, as a person reads it when two runs differ, with the [Breakpoint] that stops a run there.
public record TraceEntry(int node, long timeNanos, EventKind kind, long detail) {
    @Override
    public String toString() {
        String what = kind.name().toLowerCase(Locale.ROOT);
        String more = kind.isStep()
                ? "event %d of %s".formatted(EventKind.counterIn(detail), cause(EventKind.causeIn(detail)))
                : "datagram %016x".formatted(detail);
        return String.format(
                Locale.ROOT,
                "%.9f s, node %d, %s, %s (--until %s)",
                timeNanos / 1e9,
                node,
                what,
                more,
                Breakpoint.of(this));
    }

    private static String cause(int node) {
        return node == EventLoop.WORLD ? "the scenario" : "node " + node;
    }
}
