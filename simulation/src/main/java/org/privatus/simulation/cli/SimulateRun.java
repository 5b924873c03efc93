package org.privatus.simulation.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.scenario.Repetition;
import org.privatus.simulation.scenario.Simulation;
import org.privatus.simulation.scenario.SimulationOptions;
import org.privatus.simulation.scenario.SimulationReport;

/// Runs a simulation and prints what it showed.
final class SimulateRun {
    private final Terminal terminal;
    private final boolean json;

    SimulateRun(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    int run(int nodes, long seed, Duration duration, double loss, double people, boolean realCrypto, boolean check) {
        SimulationOptions options = options(nodes, seed, duration, loss, people, realCrypto);
        try (var progress = new ProgressDisplay(terminal)) {
            return check ? runTwice(options, progress) : runOnce(options, progress);
        }
    }

    private static SimulationOptions options(
            int nodes, long seed, Duration duration, double loss, double people, boolean realCrypto) {
        try {
            return SimulationOptions.of(nodes, seed)
                    .withDuration(duration)
                    .withLoss(loss)
                    .withPeople(people)
                    .withRealCrypto(realCrypto);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(String.valueOf(e.getMessage()));
        }
    }

    private int runOnce(SimulationOptions options, ProgressDisplay progress) {
        SimulationReport report = Simulation.run(options, progress);
        progress.close();
        if (json) {
            say(tree(report).toString());
        } else {
            new SummaryPage(terminal.out()).print(report);
        }
        return report.isSound() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private int runTwice(SimulationOptions options, ProgressDisplay progress) {
        Repetition.Verdict verdict = new Repetition(options, progress).run();
        progress.close();
        if (json) {
            ObjectNode tree = tree(verdict.report());
            tree.put("repeatable", verdict.isRepeatable()).put("secondTraceHash", verdict.secondHash());
            verdict.difference().ifPresent(difference -> tree.put("difference", difference));
            say(tree.toString());
        } else {
            new SummaryPage(terminal.out()).print(verdict.report());
            say(verdict.isRepeatable() ? "check        both runs are the same" : "check        THE RUNS DIFFER");
            verdict.difference().ifPresent(this::say);
        }
        return verdict.isRepeatable() && verdict.report().isSound() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void say(String line) {
        terminal.out().println(line);
    }

    private static ObjectNode tree(SimulationReport report) {
        var mapper = new ObjectMapper();
        SimulationOptions given = report.options();
        ObjectNode tree = mapper.createObjectNode();
        tree.putObject("options")
                .put("nodes", given.nodes())
                .put("seed", given.seed())
                .put("durationMillis", given.duration().toMillis())
                .put("loss", given.loss())
                .put("realCrypto", given.realCrypto());
        tree.put("people", report.people()).put("ready", report.ready()).put("joined", report.joined());
        tree.set("messages", mapper.valueToTree(report.messages()));
        tree.set("network", mapper.valueToTree(report.network()));
        tree.set("counters", mapper.valueToTree(report.counters()));
        tree.set("crashes", mapper.valueToTree(report.crashes()));
        tree.put("simulatedSeconds", report.simulatedSeconds()).put("events", report.events());
        tree.put("traceHash", report.traceHash()).put("sound", report.isSound());
        tree.set("cost", mapper.valueToTree(report.cost()));
        return tree;
    }
}
