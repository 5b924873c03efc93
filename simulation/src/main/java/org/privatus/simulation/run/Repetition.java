package org.privatus.simulation.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.privatus.simulation.engine.Trace;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.shard.RunObserver;
import org.privatus.simulation.shard.RunOutcome;
import org.privatus.simulation.shard.Shard;
import org.privatus.simulation.trace.Checkpoints;
import org.privatus.simulation.trace.Window;

/// The same run twice, the second time on another number of shards where the network allows it, and where the two part if they do.
///
/// Both runs keep a sum per simulated second that does not depend on the shards. If these differ, two more runs record the first
/// second that does, so that the entry itself can be shown; what went astray once may keep to its way then, and the verdict says so.
public final class Repetition {
    private final Scenario scenario;
    private final int shards;
    private final int otherShards;
    private final RunObserver observer;

    /// Two runs of `scenario`.
    ///
    /// @param shards of the first run
    public Repetition(Scenario scenario, int shards, RunObserver observer) {
        this.scenario = scenario;
        this.shards = shards;
        this.otherShards = otherShards();
        this.observer = observer;
    }

    private int otherShards() {
        boolean divisible = scenario.nodes() >= 2
                && ScenarioRun.settings(scenario).latency().minimumNanos() >= Shard.LOOKAHEAD_MIN_NANOS;
        return shards > 1 ? 1 : divisible ? 2 : 1;
    }

    /// Runs twice, and four times if the two differ.
    public Verdict run() {
        List<Checkpoints> once = Collections.synchronizedList(new ArrayList<>());
        List<Checkpoints> again = Collections.synchronizedList(new ArrayList<>());
        RunOutcome first = run(shards, Checkpoints::new, once);
        RunOutcome second = run(otherShards, Checkpoints::new, again);
        if (first.stopped() || second.stopped()) {
            return new Verdict(first, second, otherShards, Optional.empty());
        }
        int differing = Checkpoints.sum(once, first.simulatedNanos())
                .firstDifference(Checkpoints.sum(again, second.simulatedNanos()));
        if (first.traceHash().equals(second.traceHash()) && differing < 0) {
            return new Verdict(first, second, otherShards, Optional.empty());
        }
        return new Verdict(first, second, otherShards, Optional.of(difference(differing)));
    }

    private String difference(int second) {
        if (second < 0) {
            return "the nodes' hashes differ, but no second does: events of one moment came in another order";
        }
        List<Window> once = Collections.synchronizedList(new ArrayList<>());
        List<Window> again = Collections.synchronizedList(new ArrayList<>());
        run(shards, () -> new Window(second), once);
        run(otherShards, () -> new Window(second), again);
        return Window.merged(second, once)
                .firstDifference(Window.merged(second, again))
                .orElse("the runs part in simulated second " + second + ", and did not when they were repeated");
    }

    private <T extends Trace> RunOutcome run(int count, Supplier<T> trace, List<T> traces) {
        return ScenarioRun.of(scenario, count)
                .observedBy(observer)
                .preparing(world -> {
                    T mine = trace.get();
                    traces.add(mine);
                    world.observe(mine);
                })
                .run();
    }

    /// What came of it.
    ///
    /// @param secondShards threads of the second run
    /// @param difference the first entry that differs, as both runs have it
    public record Verdict(RunOutcome first, RunOutcome second, int secondShards, Optional<String> difference) {
        /// Whether both runs came to their ends: otherwise nothing is known.
        public boolean isCompared() {
            return !first.stopped() && !second.stopped();
        }

        public boolean isRepeatable() {
            return isCompared() && difference.isEmpty();
        }
    }
}
