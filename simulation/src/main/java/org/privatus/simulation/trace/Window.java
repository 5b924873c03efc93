package org.privatus.simulation.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.Trace;

/// All entries of one simulated second, kept for comparing, up to a limit.
public final class Window implements Trace {
    private static final int LIMIT = 2_000_000;

    private final int second;
    private final List<TraceEntry> entries = new ArrayList<>();

    public Window(int second) {
        this.second = second;
    }

    @Override
    public void record(int node, long timeNanos, EventKind kind, long detail) {
        if (node != EventLoop.WORLD && timeNanos / Checkpoints.SECOND_NANOS == second && entries.size() < LIMIT) {
            entries.add(new TraceEntry(node, timeNanos, kind, detail));
        }
    }

    /// That of a whole run: in the order of time, then of nodes; what one node did at one moment stays in its order.
    public static Window merged(int second, List<Window> shards) {
        var all = new Window(second);
        shards.forEach(shard -> all.entries.addAll(shard.entries));
        all.entries.sort(Comparator.comparingLong(TraceEntry::timeNanos).thenComparingInt(TraceEntry::node));
        return all;
    }

    /// Where two runs part inside the second: one line per run.
    public Optional<String> firstDifference(Window other) {
        int common = Math.min(entries.size(), other.entries.size());
        for (int i = 0; i < common; i++) {
            if (!entries.get(i).equals(other.entries.get(i))) {
                return Optional.of(describe(i, other));
            }
        }
        return entries.size() == other.entries.size() ? Optional.empty() : Optional.of(describe(common, other));
    }

    private String describe(int index, Window other) {
        return "first: " + entry(index) + "\nsecond: " + other.entry(index);
    }

    private String entry(int index) {
        return index < entries.size() ? entries.get(index).toString() : "nothing more";
    }
}
