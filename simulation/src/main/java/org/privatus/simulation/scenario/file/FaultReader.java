package org.privatus.simulation.scenario.file;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.privatus.simulation.scenario.Fault;
import org.privatus.simulation.scenario.Selection;

/// Reads what goes wrong.
final class FaultReader {
    private static final Duration CLOCK_MOST = Duration.ofDays(3650);

    private final TimedSections timed;
    private final int nodes;

    FaultReader(TimedSections timed, int nodes) {
        this.timed = timed;
        this.nodes = nodes;
    }

    List<Fault> read(List<Section> sections) {
        return sections.stream().map(this::fault).toList();
    }

    private Fault fault(Section section) {
        String kind = section.oneOf("kind", "partition", "asymmetric-loss", "crash", "slow", "clock-skew");
        Duration at = timed.at(section);
        Optional<Duration> until = timed.until(section, at);
        Fault fault = switch (kind) {
            case "partition" -> new Fault.Partition(at, until, selection(section, "side"));
            case "asymmetric-loss" ->
                new Fault.AsymmetricLoss(
                        at, until, selection(section, "from"), selection(section, "to"), section.share("loss"));
            case "crash" -> crash(section, at, until);
            case "slow" -> slow(section, at, until);
            default -> skew(section, at, until);
        };
        section.end();
        return fault;
    }

    private Fault crash(Section section, Duration at, Optional<Duration> until) {
        boolean keeps =
                !section.has("disk") || section.oneOf("disk", "kept", "lost").equals("kept");
        Duration apart =
                section.has("apart") ? section.duration("apart", Duration.ZERO, ScenarioReader.DAY) : Duration.ZERO;
        return new Fault.Crash(at, until, selection(section, "nodes"), among(section), apart, keeps);
    }

    private Fault slow(Section section, Duration at, Optional<Duration> until) {
        double factor = section.has("compute-factor") ? section.number("compute-factor", 1, 100_000) : 1;
        Duration delay =
                section.has("delay") ? section.duration("delay", Duration.ZERO, Duration.ofMinutes(1)) : Duration.ZERO;
        return new Fault.Slow(at, until, selection(section, "nodes"), among(section), factor, delay);
    }

    private Fault skew(Section section, Duration at, Optional<Duration> until) {
        Duration offset =
                section.has("offset") ? section.duration("offset", CLOCK_MOST.negated(), CLOCK_MOST) : Duration.ZERO;
        double rate = section.has("rate") ? section.number("rate", 0.5, 2) : 1;
        return new Fault.ClockSkew(at, until, selection(section, "nodes"), among(section), offset.toMillis(), rate);
    }

    private static Fault.Among among(Section section) {
        return section.has("among") ? section.choice("among", Fault.Among.class) : Fault.Among.ALL;
    }

    /// `0.2` is a share, `5 nodes` a number of them, `[3, 17]` the nodes themselves.
    private Selection selection(Section section, String key) {
        Section chosen = section.section(key);
        Selection selection;
        if (chosen.has("count")) {
            selection = new Selection.Count(chosen.whole("count", 1, nodes));
        } else if (chosen.has("share")) {
            selection = new Selection.Share(chosen.share("share"));
        } else if (chosen.has("list")) {
            selection = new Selection.Listed(chosen.numbers("list", 0, nodes - 1));
        } else {
            throw section.impossible(key, "; allowed: { count = 5 }, { share = 0.2 } or { list = [3, 17] }");
        }
        chosen.end();
        return selection;
    }
}
