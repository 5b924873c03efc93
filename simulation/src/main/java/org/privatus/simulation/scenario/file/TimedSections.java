package org.privatus.simulation.scenario.file;

import java.time.Duration;
import java.util.Optional;

/// Reads when a fault or an adversary begins and ends.
record TimedSections(Duration end) {
    Duration at(Section section) {
        Duration at = section.duration("at", Duration.ZERO, ScenarioReader.LONGEST);
        if (at.compareTo(end) >= 0) {
            throw section.impossible(
                    "at",
                    ", after the end of the run; allowed: before duration + patience, which is " + Section.time(end));
        }
        return at;
    }

    Optional<Duration> until(Section section, Duration at) {
        if (!section.has("until")) {
            return Optional.empty();
        }
        Duration until = section.duration("until", Duration.ZERO, ScenarioReader.LONGEST);
        if (until.compareTo(at) <= 0) {
            throw section.impossible("until", ", not after its beginning; allowed: more than " + Section.time(at));
        }
        if (until.compareTo(end) > 0) {
            throw section.impossible(
                    "until",
                    ", after the end of the run; allowed: up to duration + patience, which is " + Section.time(end)
                            + ", or left out for a fault that lasts");
        }
        return Optional.of(until);
    }
}
