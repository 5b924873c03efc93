package org.privatus.simulation.host;

import java.util.function.Consumer;
import org.privatus.crypto.compute.Job;
import org.privatus.node.host.Compute;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;

/// A node's crypto pool: a job runs where it is submitted and its result comes when the earliest free worker would have been
/// done with it: at once, without an event, when that is now.
final class SimulatedCompute implements Compute {
    private final EventLoop loop;
    private final int node;
    private final ComputeCosts costs;
    private final long[] freeAtNanos;
    private long busyNanos;
    private boolean severed;

    SimulatedCompute(EventLoop loop, int node, ComputeCosts costs) {
        this.loop = loop;
        this.node = node;
        this.costs = costs;
        this.freeAtNanos = new long[costs.workers()];
    }

    @Override
    public void submit(Job job, Consumer<Job> done) {
        if (doneAtOnce(job, done)) {
            done.accept(job);
        }
    }

    @Override
    public boolean doneAtOnce(Job job, Consumer<Job> done) {
        if (severed) {
            return false;
        }
        job.run();
        long cost = costs.nanos(job.cost());
        int worker = earliestFree();
        long end = Math.max(loop.nowNanos(), freeAtNanos[worker]) + cost;
        freeAtNanos[worker] = end;
        busyNanos += cost;
        if (end == loop.nowNanos()) {
            return true;
        }
        loop.after(end - loop.nowNanos(), node, EventKind.COMPUTED, () -> {
            if (!severed) {
                done.accept(job);
            }
        });
        return false;
    }

    /// Time that workers have been given so far, work still to be done included.
    long busyNanos() {
        return busyNanos;
    }

    int workers() {
        return freeAtNanos.length;
    }

    void sever() {
        severed = true;
    }

    private int earliestFree() {
        int earliest = 0;
        for (int worker = 1; worker < freeAtNanos.length; worker++) {
            if (freeAtNanos[worker] < freeAtNanos[earliest]) {
                earliest = worker;
            }
        }
        return earliest;
    }
}
