package org.privatus.simulation.cli;

/// What `privatus simulate` says to scripts beside `ExitCodes`.
final class SimulationExitCodes {
    /// A check of the scenario failed.
    static final int CHECK_FAILED = 3;

    /// Ended by Ctrl-C, as shells count signals.
    static final int INTERRUPTED = 130;

    private SimulationExitCodes() {}
}
