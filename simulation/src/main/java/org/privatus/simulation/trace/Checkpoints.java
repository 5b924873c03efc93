package org.privatus.simulation.trace;

import java.util.Arrays;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.Trace;

/// One hash over everything in order, kept at each simulated second: enough to say in which second two runs part, in eight bytes
/// a second.
public final class Checkpoints implements Trace {
    static final long SECOND_NANOS = 1_000_000_000L;

    private long[] hashes = new long[1024];
    private int seconds;
    private long hash;

    @Override
    public void record(int node, long timeNanos, EventKind kind, long detail) {
        long second = timeNanos / SECOND_NANOS;
        while (seconds <= second) {
            if (seconds == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * seconds);
            }
            hashes[seconds++] = hash;
        }
        hash = TraceHash.roll(hash, node, timeNanos, kind, detail);
        hashes[(int) second] = hash;
    }

    /// The first second whose events differ, or -1.
    public int firstDifference(Checkpoints other) {
        return Arrays.mismatch(hashes, 0, seconds, other.hashes, 0, other.seconds);
    }
}
