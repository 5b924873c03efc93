package org.privatus.simulation.scenario.file;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.privatus.simulation.scenario.Adversary;
import org.privatus.simulation.scenario.Scenario;

/// Reads who misbehaves.
final class AdversaryReader {
    private final TimedSections timed;
    private final int nodes;

    AdversaryReader(TimedSections timed, int nodes) {
        this.timed = timed;
        this.nodes = nodes;
    }

    List<Adversary> read(List<Section> sections) {
        return sections.stream().map(this::adversary).toList();
    }

    private Adversary adversary(Section section) {
        String kind = section.oneOf("kind", "relay", "flood", "sybil", "eclipse");
        int count = section.whole("count", 1, Scenario.NODES_MOST);
        if (count >= nodes) {
            throw section.impossible("count", " of " + nodes + " nodes; allowed: fewer than nodes");
        }
        Duration at = section.has("at") ? timed.at(section) : Duration.ZERO;
        Optional<Duration> until = timed.until(section, at);
        Adversary adversary = switch (kind) {
            case "relay" -> relay(section, count, at, until);
            case "flood" ->
                new Adversary.Flood(
                        count,
                        at,
                        until,
                        section.number("rate", 0.001, 100_000),
                        section.has("content")
                                ? section.choice("content", Adversary.Content.class)
                                : Adversary.Content.RANDOM);
            case "sybil" ->
                new Adversary.Sybil(
                        count, at, until, new Adversary.Around.PersonLease(person(section)), answers(section));
            default ->
                new Adversary.Sybil(
                        count,
                        at,
                        until,
                        new Adversary.Around.Node(section.whole("node", 0, nodes - 1L)),
                        answers(section));
        };
        section.end();
        return adversary;
    }

    private static Adversary relay(Section section, int count, Duration at, Optional<Duration> until) {
        Adversary.Treatment treatment = section.choice("cells", Adversary.Treatment.class);
        double share = section.has("share") ? section.share("share") : 1;
        Duration delay = section.has("delay")
                ? section.duration("delay", ScenarioReader.INSTANT, Duration.ofMinutes(10))
                : Duration.ofSeconds(1);
        if (section.has("delay") && treatment != Adversary.Treatment.DELAY) {
            throw section.impossible("delay", ", but cells is not delay; allowed: cells = delay");
        }
        return new Adversary.HostileRelay(count, at, until, treatment, share, delay);
    }

    private static int person(Section section) {
        return section.has("person") ? section.whole("person", 0, Scenario.NODES_MOST) : 0;
    }

    private static Adversary.Answers answers(Section section) {
        return section.has("answers") ? section.choice("answers", Adversary.Answers.class) : Adversary.Answers.SILENCE;
    }

    /// @throws org.privatus.node.terminal.UserError when the target does not exist
    static void requireTarget(Adversary adversary, Scenario scenario, Section root) {
        if (!(adversary instanceof Adversary.Sybil sybil)) {
            return;
        }
        switch (sybil.around()) {
            case Adversary.Around.PersonLease(int index) -> {
                if (index >= scenario.people().count()) {
                    throw root.impossible(
                            "adversaries",
                            ": they surround person " + index + ", but there are "
                                    + scenario.people().count() + " people; allowed: 0 to people - 1");
                }
            }
            case Adversary.Around.Node(int number) -> {
                if (number >= scenario.honestNodes()) {
                    throw root.impossible(
                            "adversaries",
                            ": they surround node " + number + ", which is one of themselves; allowed: 0 to "
                                    + (scenario.honestNodes() - 1));
                }
            }
        }
    }
}
