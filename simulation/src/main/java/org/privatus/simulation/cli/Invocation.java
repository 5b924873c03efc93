package org.privatus.simulation.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.scenario.file.ScenarioReader;
import org.privatus.simulation.scenario.file.ScenarioSources;

/// What was asked for: the scenario with all that the command line changes in it, and the command that asks for it again.
final class Invocation {
    private final SimulateOptions options;
    private final ScenarioSources sources;
    private final Scenario scenario;

    private Invocation(SimulateOptions options, ScenarioSources sources) {
        this.options = options;
        this.sources = sources;
        this.scenario = ScenarioReader.read(sources);
    }

    /// @throws org.privatus.node.terminal.UserError when the scenario is none
    static Invocation of(SimulateOptions options) {
        ScenarioSources sources = ScenarioSources.of(options.scenario());
        for (String assignment : options.assignments()) {
            sources = sources.set(assignment);
        }
        sources = with(sources, "--nodes", "nodes", options.nodes());
        sources = with(sources, "--seed", "seed", options.seed());
        sources = with(sources, "--duration", "duration", options.duration().map(Invocation::text));
        sources = with(sources, "--loss", "network.loss", options.loss());
        sources = with(sources, "--crypto", "crypto", options.crypto());
        if (options.people().isPresent()) {
            sources = sources.without("people.count")
                    .option("--people", "people.share", options.people().get());
        }
        return new Invocation(options, sources);
    }

    private static ScenarioSources with(
            ScenarioSources sources, String option, String key, java.util.Optional<? extends Object> value) {
        return value.isPresent() ? sources.option(option, key, value.get()) : sources;
    }

    private static String text(Duration duration) {
        return duration.toMillis() + "ms";
    }

    Scenario scenario() {
        return scenario;
    }

    /// The same with another seed.
    Scenario withSeed(long seed) {
        return ScenarioReader.read(sources.option("--seeds", "seed", seed));
    }

    /// The same with some keys otherwise.
    Scenario changed(Map<String, String> changes) {
        ScenarioSources changed = sources;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            changed = changed.set(change.getKey() + "=" + change.getValue());
        }
        return ScenarioReader.read(changed);
    }

    /// The one command that makes the run again.
    String command(long seed) {
        return command(seed, Collections.emptyMap());
    }

    /// The command of a run with some keys otherwise.
    String command(long seed, Map<String, String> changes) {
        var words = new ArrayList<>(List.of("privatus simulate", quoted(options.scenario())));
        options.assignments().stream()
                .filter(assignment -> !changes.containsKey(keyOf(assignment)))
                .forEach(assignment -> words.add("--set " + quoted(assignment)));
        changes.forEach((key, value) -> words.add("--set " + quoted(key + "=" + value)));
        options.nodes().filter(n -> !changes.containsKey("nodes")).ifPresent(nodes -> words.add("--nodes " + nodes));
        options.duration()
                .filter(d -> !changes.containsKey("duration"))
                .ifPresent(duration -> words.add("--duration " + text(duration)));
        options.loss().ifPresent(loss -> words.add("--loss " + loss));
        options.people()
                .filter(p -> !changes.containsKey("people.count"))
                .ifPresent(people -> words.add("--people " + people));
        options.crypto().ifPresent(crypto -> words.add("--crypto " + crypto));
        words.add("--seed " + seed);
        return String.join(" ", words);
    }

    private static String keyOf(String assignment) {
        return assignment.substring(0, Math.max(0, assignment.indexOf('='))).strip();
    }

    /// For a shell, where that is needed.
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
