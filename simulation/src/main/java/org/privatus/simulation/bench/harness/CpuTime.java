package org.privatus.simulation.bench.harness;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/// CPU time of other processes, user and system together, all threads, compilation and collection included. In steps of what the system counts in:
/// 10 ms on Linux.
public final class CpuTime {
    private static final double NANOS_PER_SECOND = 1e9;

    private CpuTime() {}

    /// Seconds that each process has used since it began.
    public static List<Double> read(Collection<ProcessHandle> processes) {
        return processes.stream().map(CpuTime::read).toList();
    }

    /// 0 for a process that has ended, or where the system does not say.
    public static double read(ProcessHandle process) {
        return process.info().totalCpuDuration().map(CpuTime::seconds).orElse(0.0);
    }

    /// What lies between two readings of the same processes, together.
    public static double between(List<Double> before, List<Double> after) {
        double sum = 0;
        Iterator<Double> begun = before.iterator();
        for (double end : after) {
            sum += end - begun.next();
        }
        return sum;
    }

    private static double seconds(Duration used) {
        return used.toNanos() / NANOS_PER_SECOND;
    }
}
