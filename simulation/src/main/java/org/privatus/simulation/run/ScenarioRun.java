package org.privatus.simulation.run;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.simulation.cluster.ClusterException;
import org.privatus.simulation.cluster.ClusterRun;
import org.privatus.simulation.cluster.ClusterSettings;
import org.privatus.simulation.cluster.Gathering;
import org.privatus.simulation.cluster.RunPlan;
import org.privatus.simulation.host.ComputeCosts;
import org.privatus.simulation.kad.Kad1Program;
import org.privatus.simulation.kad.Kad1Settings;
import org.privatus.simulation.network.NetworkModel;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.scenario.Workload;
import org.privatus.simulation.scenario.file.ScenarioReader;
import org.privatus.simulation.scenario.file.ScenarioSources;
import org.privatus.simulation.shard.Program;
import org.privatus.simulation.shard.ProgramFactory;
import org.privatus.simulation.shard.RunObserver;
import org.privatus.simulation.shard.RunOutcome;
import org.privatus.simulation.shard.ShardedRun;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;

/// Lets a scenario happen and judges it.
public final class ScenarioRun {
    private final Scenario scenario;
    private final int shards;
    private Consumer<World> onWorld = world -> {};
    private RunObserver observer = RunObserver.NONE;
    private Optional<Halt> halt = Optional.empty();

    private ScenarioRun(Scenario scenario, int shards) {
        this.scenario = scenario;
        this.shards = shards;
    }

    /// A run in this process.
    ///
    /// @param shards threads to spread the nodes over; changes nothing but the time it takes
    public static ScenarioRun of(Scenario scenario, int shards) {
        return new ScenarioRun(scenario, shards);
    }

    /// Is told how far the run is, and may end it.
    public ScenarioRun observedBy(RunObserver other) {
        observer = other;
        return this;
    }

    /// Does something with each shard's world before anything happens in it, on the shard's thread: taps and traces, which only
    /// look.
    public ScenarioRun preparing(Consumer<World> preparation) {
        onWorld = onWorld.andThen(preparation);
        return this;
    }

    /// Stops where `place` says, and looks at the nodes there.
    ///
    /// @throws IllegalStateException with more than one shard: no step of the run is the last of all
    public ScenarioRun until(Halt place) {
        if (shards != 1) {
            throw new IllegalStateException("a run on " + shards + " shards has no one step to stop at");
        }
        halt = Optional.of(place);
        return this;
    }

    /// Runs to the end. What the checks found is in the recording.
    public RunOutcome run() {
        RunOutcome outcome = ShardedRun.run(settings(scenario), shards, factory(), observer);
        Judgement.pass(scenario, outcome.recording(), outcome.simulatedNanos(), !outcome.stopped());
        return outcome;
    }

    /// Runs over several processes, of which this is the coordinator. A run that lost a member is not judged: what a sender or
    /// a receiver saw may be missing.
    ///
    /// @throws ClusterException if not all members came, or a shard failed on a member
    public RunOutcome runAcross(ClusterSettings settings, Gathering gathering) throws ClusterException {
        RunOutcome outcome =
                ClusterRun.run(settings, description(scenario), ScenarioRun::described, observer, gathering);
        if (outcome.lost().isEmpty()) {
            Judgement.pass(scenario, outcome.recording(), outcome.simulatedNanos(), !outcome.stopped());
        }
        return outcome;
    }

    private static byte[] description(Scenario scenario) {
        return (scenario.name() + "\n" + scenario.text()).getBytes(StandardCharsets.UTF_8);
    }

    /// The run that a coordinator described: the scenario's name, a line break, its text.
    public static RunPlan described(byte[] description) {
        String[] parts = new String(description, StandardCharsets.UTF_8).split("\n", 2);
        Scenario scenario = ScenarioReader.read(ScenarioSources.ofText(parts[0], parts[parts.length - 1]));
        return new RunPlan(settings(scenario), world -> program(scenario, world));
    }

    /// What a world of the scenario is made of.
    public static WorldSettings settings(Scenario scenario) {
        CryptoSuite suite = scenario.realCrypto() ? new StandardSuite() : new StubSuite();
        ComputeCosts costs = switch (scenario.workload()) {
            case Workload.Messages _ -> ComputeCosts.SERVER;
            case Workload.Lookups _ -> ComputeCosts.FREE;
        };
        NetworkModel network = scenario.network().model(scenario.seed()).withRules(Ailments.partitions(scenario));
        return new WorldSettings(scenario.nodes(), scenario.seed(), network, costs, suite);
    }

    private ProgramFactory factory() {
        return world -> {
            onWorld.accept(world);
            Program program = program(scenario, world);
            return halt.map(place -> place.in(world, program)).orElse(program);
        };
    }

    /// What happens on one shard.
    public static Program program(Scenario scenario, World world) {
        return switch (scenario.workload()) {
            case Workload.Messages _ -> new ScenarioProgram(scenario, world);
            case Workload.Lookups(int parallelism, var interval) ->
                new Kad1Program(
                        world,
                        Kad1Settings.of(parallelism, scenario.settings()),
                        scenario.duration(),
                        interval,
                        scenario.patience(),
                        scenario.checks().noCrashes());
        };
    }
}
