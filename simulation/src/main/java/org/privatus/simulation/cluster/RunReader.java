package org.privatus.simulation.cluster;

/// Turns a coordinator's description of a run into the run. All members must make the same of the same bytes.
@FunctionalInterface
public interface RunReader {
    /// The run that the bytes describe.
    ///
    /// @throws IllegalArgumentException if the description says nothing that this build can run
    RunPlan read(byte[] description);
}
