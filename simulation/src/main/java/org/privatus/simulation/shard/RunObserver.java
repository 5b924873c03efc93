package org.privatus.simulation.shard;

/// Follows a run and may end it. Called on the thread of the first shard here, once per simulated second.
public interface RunObserver {
    RunObserver NONE = new RunObserver() {
        @Override
        public void second(long simulatedNanos, long[] totals, long events) {}

        @Override
        public boolean stopWanted() {
            return false;
        }
    };

    /// A simulated second is over.
    ///
    /// @param totals of all shards, as the program counts them
    /// @param events steps that all shards took so far
    void second(long simulatedNanos, long[] totals, long events);

    /// Whether the run should end. It does so at the next whole second, on all shards at the same.
    boolean stopWanted();

    /// The run is over, and the nodes of all shards are still there. Called once, for runs in this process alone; not for one that
    /// failed.
    default void over() {}
}
