package org.privatus.simulation.scenario;

import java.util.Optional;
import org.privatus.simulation.trace.Checkpoints;
import org.privatus.simulation.trace.Window;

/// The same run twice, and where the two part if they do.
///
/// Both runs keep a hash per simulated second. If these differ, two more runs record the first second that does, so that the
/// entry itself can be shown; what went astray once may keep to its way then, and the verdict says so.
public final class Repetition {
    private final SimulationOptions options;
    private final Progress progress;

    public Repetition(SimulationOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    public Verdict run() {
        var once = new Checkpoints();
        var again = new Checkpoints();
        SimulationReport first = Simulation.run(options, progress, once);
        SimulationReport second = Simulation.run(options, progress, again);
        int differing = once.firstDifference(again);
        if (first.traceHash().equals(second.traceHash()) && differing < 0) {
            return new Verdict(first, second.traceHash(), Optional.empty());
        }
        return new Verdict(first, second.traceHash(), Optional.of(difference(differing)));
    }

    private String difference(int second) {
        var once = new Window(second);
        var again = new Window(second);
        Simulation.run(options, progress, once);
        Simulation.run(options, progress, again);
        return once.firstDifference(again)
                .orElse("the runs part in simulated second " + second + ", and did not when they were repeated");
    }

    /// What came of it.
    ///
    /// @param difference the first entry that differs, as both runs have it
    public record Verdict(SimulationReport report, String secondHash, Optional<String> difference) {
        public boolean isRepeatable() {
            return difference.isEmpty();
        }
    }
}
