package org.privatus.simulation.scenario.file;

import java.time.Duration;
import java.util.Optional;
import org.privatus.simulation.churn.ChurnSettings;
import org.privatus.simulation.churn.Lengths;
import org.privatus.simulation.scenario.Comings;
import org.privatus.simulation.scenario.Fault;
import org.privatus.simulation.scenario.Scenario;

/// Reads how nodes come and go.
final class ComingsReader {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final double NANOS_PER_SECOND = 1e9;

    private final TimedSections timed;

    ComingsReader(TimedSections timed) {
        this.timed = timed;
    }

    Optional<Comings.Churning> churn(Section root) {
        if (!root.has("churn")) {
            return Optional.empty();
        }
        Section section = root.section("churn");
        var lengths = new ChurnSettings(
                lengths(section, "sessions", Lengths.Weibull.MEASURED),
                lengths(
                        section,
                        "absences",
                        new Lengths.Exponential(Duration.ofHours(1).toSeconds())),
                section.has("correlation") ? section.share("correlation") : ChurnSettings.MEASURED.correlation());
        double crashes = section.has("crashes") ? section.share("crashes") : 0.5;
        Fault.Among among = section.has("among") ? section.choice("among", Fault.Among.class) : Fault.Among.ALL;
        section.end();
        return Optional.of(new Comings.Churning(lengths, crashes, among));
    }

    private static Lengths lengths(Section churn, String key, Lengths usual) {
        if (!churn.has(key)) {
            return usual;
        }
        Section section = churn.section(key);
        String kind = section.oneOf("kind", "weibull", "exponential", "fixed");
        Lengths lengths = switch (kind) {
            case "weibull" -> new Lengths.Weibull(seconds(section, "scale"), section.number("shape", 0.2, 20));
            case "exponential" -> new Lengths.Exponential(seconds(section, "mean"));
            default -> new Lengths.Fixed(seconds(section, "length"));
        };
        section.end();
        return lengths;
    }

    private static double seconds(Section section, String key) {
        return section.duration(key, SECOND, Duration.ofDays(3650)).toNanos() / NANOS_PER_SECOND;
    }

    Optional<Comings.Crowd> crowd(Section root) {
        if (!root.has("flash-crowd")) {
            return Optional.empty();
        }
        Section section = root.section("flash-crowd");
        int nodes = section.whole("nodes", 1, Scenario.NODES_MOST);
        Duration at = timed.at(section);
        Duration within = section.duration("within", ScenarioReader.INSTANT, ScenarioReader.DAY);
        section.end();
        return Optional.of(new Comings.Crowd(nodes, at, within));
    }
}
