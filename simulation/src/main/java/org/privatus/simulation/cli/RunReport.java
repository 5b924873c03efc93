package org.privatus.simulation.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.simulation.results.CheckViolation;
import org.privatus.simulation.results.Measurements;
import org.privatus.simulation.results.Period;
import org.privatus.simulation.results.RunCosts;
import org.privatus.simulation.results.RunInfo;
import org.privatus.simulation.results.RunResult;
import org.privatus.simulation.scenario.Fault;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.shard.RunOutcome;
import org.privatus.simulation.shard.ShardCost;

/// A run that is over, for people and programs.
///
/// @param heapBytesPerNode where it was measured
/// @param command that makes it again
record RunReport(
        Scenario scenario,
        RunOutcome outcome,
        Measurements measured,
        long wallNanos,
        OptionalLong heapBytesPerNode,
        String command) {
    private static final double NANOS_PER_SECOND = 1e9;

    RunReport(Scenario scenario, RunOutcome outcome, long wallNanos, OptionalLong heapBytesPerNode, String command) {
        this(scenario, outcome, outcome.recording().measurements(), wallNanos, heapBytesPerNode, command);
    }

    int exitCode() {
        return measured.violationCount() == 0 ? ExitCodes.OK : SimulationExitCodes.CHECK_FAILED;
    }

    List<CheckViolation> violations() {
        return measured.violations();
    }

    double simulatedSeconds() {
        return seconds(outcome.simulatedNanos());
    }

    double wallSeconds() {
        return seconds(wallNanos);
    }

    double cpuSeconds() {
        return costs().cpuSeconds();
    }

    long counter(String name) {
        return measured.counters().getOrDefault(name, 0L);
    }

    /// Why it is only a part of what was asked for.
    Optional<String> partial() {
        return outcome.lost()
                .or(() -> outcome.stopped() ? Optional.of("it was stopped before its end") : Optional.empty());
    }

    /// For the files.
    RunResult result() {
        var info = new RunInfo(
                scenario.name(),
                scenario.description(),
                scenario.text(),
                command,
                scenario.seed(),
                scenario.nodes(),
                outcome.traceHash(),
                outcome.events(),
                simulatedSeconds(),
                partial(),
                scenario.faults().stream().map(this::period).toList(),
                costs());
        return new RunResult(info, outcome.recording());
    }

    private Period period(Fault fault) {
        double from = seconds(scenario.beginning().plus(fault.at()).toNanos());
        double to = fault.until()
                .map(until -> seconds(scenario.beginning().plus(until).toNanos()))
                .orElse(simulatedSeconds());
        return new Period(fault.title(), from, to);
    }

    private RunCosts costs() {
        double setup = outcome.costs().stream()
                .mapToDouble(cost -> seconds(cost.setupNanos()))
                .max()
                .orElse(0);
        return new RunCosts(
                Math.max(0, wallSeconds() - setup),
                setup,
                heapBytesPerNode,
                outcome.costs().stream().map(RunReport::cost).toList());
    }

    private static RunCosts.OfShard cost(ShardCost cost) {
        return new RunCosts.OfShard(
                cost.shard(),
                seconds(cost.setupNanos()),
                seconds(cost.cpuNanos()),
                seconds(cost.blockedNanos()),
                cost.events(),
                cost.datagrams());
    }

    private static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }
}
