package org.privatus.simulation.cli;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import org.privatus.simulation.shard.RunObserver;

/// Measures what is alive on the heap when a run is over and its nodes are still there, after a collection. Everything of this
/// Java is in it, so that it says little of few nodes.
final class LiveHeap implements RunObserver {
    private final RunObserver inner;
    private final boolean wanted;
    private OptionalLong bytes = OptionalLong.empty();
    private long tookNanos;

    /// @param inner is told of everything
    /// @param wanted whether to measure: it takes a full collection
    LiveHeap(RunObserver inner, boolean wanted) {
        this.inner = inner;
        this.wanted = wanted;
    }

    @Override
    public void second(long simulatedNanos, long[] totals, long events) {
        inner.second(simulatedNanos, totals, events);
    }

    @Override
    public boolean stopWanted() {
        return inner.stopWanted();
    }

    @Override
    public void over() {
        inner.over();
        if (wanted) {
            long begun = System.nanoTime();
            System.gc();
            bytes = OptionalLong.of(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            tookNanos = System.nanoTime() - begun;
        }
    }

    /// Empty where it was not wanted, and where the run did not come to an end in this process alone.
    OptionalLong perNode(int nodes) {
        return bytes.isPresent() ? OptionalLong.of(bytes.getAsLong() / nodes) : bytes;
    }

    /// Wall time that measuring took.
    long tookNanos() {
        return tookNanos;
    }
}
