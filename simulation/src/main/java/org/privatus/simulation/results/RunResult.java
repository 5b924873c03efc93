package org.privatus.simulation.results;

/// All that there is to know about one run.
public record RunResult(RunInfo info, Recording recording) {
    /// With everything joined and computed; takes time and memory once.
    public MeasuredRun measured() {
        return new MeasuredRun(info, recording.measurements());
    }
}
