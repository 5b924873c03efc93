package org.privatus.simulation.host;

import org.privatus.node.host.Gauges;
import org.privatus.simulation.engine.EventLoop;

/// A machine whose processor does only the node's configured heavy work, and whose memory and disk stand still. A pure function
/// of virtual time: the heap of the simulating process would differ from run to run.
final class ModelledGauges implements Gauges {
    private static final long MEBIBYTE = 1L << 20;
    private static final long HEAP_USED = 64 * MEBIBYTE;
    private static final long HEAP_MAX = 512 * MEBIBYTE;
    private static final long MEMORY_USED = 2048 * MEBIBYTE;
    private static final long MEMORY_TOTAL = 8192 * MEBIBYTE;
    private static final long DISK_USED = 20_480 * MEBIBYTE;
    private static final long DISK_TOTAL = 102_400 * MEBIBYTE;

    private final EventLoop loop;
    private final SimulatedCompute compute;
    private long readNanos;
    private long readBusyNanos;

    ModelledGauges(EventLoop loop, SimulatedCompute compute) {
        this.loop = loop;
        this.compute = compute;
    }

    @Override
    public Reading read() {
        long elapsed = loop.nowNanos() - readNanos;
        long busy = compute.busyNanos() - readBusyNanos;
        readNanos = loop.nowNanos();
        readBusyNanos = compute.busyNanos();
        double load = elapsed == 0 ? 0 : Math.min(1, (double) busy / elapsed / compute.workers());
        return new Reading(load, load, HEAP_USED, HEAP_MAX, MEMORY_USED, MEMORY_TOTAL, DISK_USED, DISK_TOTAL);
    }
}
