package org.privatus.simulation.trace;

import java.util.Arrays;
import java.util.List;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.Trace;

/// A sum over everything that happened in each simulated second, in eight bytes: enough to say in which second two runs part.
/// Sums of several shards add up to that of one.
public final class Checkpoints implements Trace {
    static final long SECOND_NANOS = 1_000_000_000L;

    private long[] sums = new long[1024];
    private int seconds;

    @Override
    public void record(int node, long timeNanos, EventKind kind, long detail) {
        if (node != EventLoop.WORLD) {
            int second = (int) (timeNanos / SECOND_NANOS);
            reach(second);
            sums[second] += TraceHash.roll(0, node, timeNanos, kind, detail);
        }
    }

    private void reach(int second) {
        if (second >= sums.length) {
            sums = Arrays.copyOf(sums, Math.max(2 * sums.length, second + 1));
        }
        seconds = Math.max(seconds, second + 1);
    }

    /// That of a whole run.
    ///
    /// @param endNanos of the run: looking at the nodes afterwards is no part of it
    public static Checkpoints sum(List<Checkpoints> shards, long endNanos) {
        var all = new Checkpoints();
        for (Checkpoints shard : shards) {
            all.reach(Math.max(0, shard.seconds - 1));
            for (int second = 0; second < shard.seconds; second++) {
                all.sums[second] += shard.sums[second];
            }
        }
        all.seconds = (int) Math.min(all.seconds, endNanos / SECOND_NANOS);
        return all;
    }

    /// The first second whose events differ, or -1.
    public int firstDifference(Checkpoints other) {
        return Arrays.mismatch(sums, 0, seconds, other.sums, 0, other.seconds);
    }
}
