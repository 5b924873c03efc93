package org.privatus.simulation.trace;

import java.util.Locale;
import org.privatus.simulation.engine.EventKind;

/// One thing that happened, as a person reads it when two runs differ.
public record TraceEntry(int node, long timeNanos, EventKind kind, long detail) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.9f s, node %d, %s, %016x",
                timeNanos / 1e9,
                node,
                kind.name().toLowerCase(Locale.ROOT),
                detail);
    }
}
