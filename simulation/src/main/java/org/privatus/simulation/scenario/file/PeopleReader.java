package org.privatus.simulation.scenario.file;

import java.time.Duration;
import org.privatus.simulation.scenario.People;

/// Reads who writes how often.
final class PeopleReader {
    private static final Duration INTERVAL_LEAST = Duration.ofMillis(100);
    private static final int MESSAGE_MOST = 16_384;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Section section;
    private final int honest;
    private final boolean used;

    /// @param honest nodes that may carry a person
    /// @param used whether the workload has people at all
    PeopleReader(Section section, int honest, boolean used) {
        this.section = section;
        this.honest = honest;
        this.used = used;
    }

    People read() {
        int count = count();
        int circle = section.whole("circle", 2, 1000);
        Duration interval = interval(count);
        int bytes = section.bytes("message", People.MESSAGE_LEAST, MESSAGE_MOST);
        section.end();
        return new People(count, circle, interval, bytes);
    }

    private int count() {
        if (!section.has("count")) {
            int count = (int) Math.round(honest * section.share("share"));
            return count == 0 || honest < 2 ? 0 : Math.min(honest, Math.max(2, count));
        }
        section.has("share");
        int count = section.whole("count", 0, 2_000_000);
        if (used && count > honest) {
            throw section.impossible(
                    "count", ", but only " + honest + " nodes can carry a person; allowed: 0 to " + honest);
        }
        if (count == 1) {
            throw section.impossible("count", "; allowed: 0, or at least 2, who can write to each other");
        }
        return count;
    }

    private Duration interval(int count) {
        if (!section.has("rate")) {
            return section.duration("interval", INTERVAL_LEAST, Duration.ofDays(1));
        }
        section.has("interval");
        double rate = section.number("rate", 0.001, 1_000_000);
        if (used && count == 0) {
            throw section.impossible(
                    "rate", ", but there are no people; allowed: people.count or people.share above 0");
        }
        Duration interval = Duration.ofNanos((long) (count / rate * NANOS_PER_SECOND));
        if (used && interval.compareTo(INTERVAL_LEAST) < 0) {
            throw section.impossible(
                    "rate", " messages per second of " + count + " people; allowed: at most 10 per second and person");
        }
        return interval;
    }
}
