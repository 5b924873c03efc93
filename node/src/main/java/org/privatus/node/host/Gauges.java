package org.privatus.node.host;

/// What the machine says about itself: measured in a real process, modelled in the simulator.
@FunctionalInterface
public interface Gauges {
    /// One consistent reading. Cheap and non-blocking: a host that has to sample does so in the background.
    Reading read();

    /// The machine and this process at one moment.
    ///
    /// @param cpuLoad share of the whole machine in use, 0–1
    /// @param processCpuLoad share of the whole machine used by this process, 0–1
    /// @param heapUsedBytes live and dead objects on the heap now
    /// @param heapMaxBytes what the heap may grow to
    /// @param memoryUsedBytes memory of the machine in use
    /// @param memoryTotalBytes memory of the machine
    /// @param diskUsedBytes used on the file system of the data directory
    /// @param diskTotalBytes size of that file system
    record Reading(
            double cpuLoad,
            double processCpuLoad,
            long heapUsedBytes,
            long heapMaxBytes,
            long memoryUsedBytes,
            long memoryTotalBytes,
            long diskUsedBytes,
            long diskTotalBytes) {}
}
