package org.privatus.simulation.scenario;

import java.time.Duration;

/// Is told how far a run is. Called between steps, once per simulated second.
@FunctionalInterface
public interface Progress {
    /// Nobody watches.
    Progress NONE = (simulated, expected, doing) -> {};

    /// Virtual time has come to `simulated`.
    ///
    /// @param expected how long the run will be, as far as is known
    /// @param doing a few words
    void reached(Duration simulated, Duration expected, String doing);
}
