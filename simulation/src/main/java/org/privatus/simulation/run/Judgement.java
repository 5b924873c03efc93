package org.privatus.simulation.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.results.CheckViolation;
import org.privatus.simulation.results.CounterNames;
import org.privatus.simulation.results.Measurements;
import org.privatus.simulation.results.Messages;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.scenario.Checks;
import org.privatus.simulation.scenario.Scenario;

/// The checks that look at a run as a whole, when the recordings of all shards are one.
final class Judgement {
    static final String ACKNOWLEDGED_KEPT = "acknowledged-kept";
    static final String ALL_DELIVERED = "all-delivered";
    static final String LOOKUPS_FOUND = "lookups-found";
    static final String LOOKUPS_ANSWERED = "lookups-answered";

    private Judgement() {}

    /// Adds to the recording what it violates as a whole.
    ///
    /// @param whole whether the run came to its own end; what is still under way in another is not missing
    static void pass(Scenario scenario, Recording recording, long endNanos, boolean whole) {
        for (CheckViolation violation : violations(scenario, recording.measurements(), endNanos, whole)) {
            recording.violation(violation);
        }
    }

    private static List<CheckViolation> violations(
            Scenario scenario, Measurements measured, long endNanos, boolean whole) {
        Checks checks = scenario.checks();
        var found = new ArrayList<CheckViolation>();
        Messages messages = measured.messages();
        if (checks.acknowledgedKept()) {
            add(found, ACKNOWLEDGED_KEPT, endNanos, messages.acknowledgedMissing(), "acknowledged and never shown");
            add(found, ACKNOWLEDGED_KEPT, endNanos, messages.repeated(), "shown more than once");
            add(found, ACKNOWLEDGED_KEPT, endNanos, messages.unknown(), "shown to somebody they were not for");
        }
        if (checks.allDelivered() && whole) {
            add(found, ALL_DELIVERED, endNanos, messages.missing(), "never shown");
            if (messages.sent() == 0) {
                add(found, ALL_DELIVERED, endNanos, messages.refused(), "refused, and none was taken");
            }
        }
        long asked = measured.counters().getOrDefault("dht.requests.asked", 0L);
        if (whole || asked > 0) {
            checks.lookupsAnswered()
                    .ifPresent(least -> share(
                            found,
                            new Share(LOOKUPS_ANSWERED, "requests were answered", least),
                            measured.counters().getOrDefault("dht.requests.answered", 0L),
                            asked,
                            endNanos));
        }
        if (whole) {
            checks.lookupsFound()
                    .ifPresent(least -> share(
                            found,
                            new Share(LOOKUPS_FOUND, "lookups of others found their node", least),
                            measured.counters().getOrDefault(CounterNames.LOOKUP_SUCCESSES, 0L),
                            lookupsForOthers(measured),
                            endNanos));
        }
        return found;
    }

    /// Nobody finds itself: its own id is in no table of its own.
    private static long lookupsForOthers(Measurements measured) {
        return measured.counters().getOrDefault(CounterNames.LOOKUPS_BEGUN, 0L)
                - measured.counters().getOrDefault(CounterNames.LOOKUPS_OF_OWN_ID, 0L);
    }

    private record Share(String check, String what, double least) {}

    /// Nothing is no share of nothing: a check that has nothing to look at does not hold.
    private static void share(List<CheckViolation> found, Share wanted, long part, long all, long endNanos) {
        double share = all == 0 ? 0 : (double) part / all;
        if (share < wanted.least()) {
            String line = String.format(
                    Locale.ROOT, "%.4f of %,d %s, %.4f is wanted", share, all, wanted.what(), wanted.least());
            found.add(new CheckViolation(wanted.check(), EventLoop.WORLD, endNanos, line));
        }
    }

    private static void add(List<CheckViolation> found, String check, long endNanos, long count, String what) {
        if (count > 0) {
            found.add(new CheckViolation(
                    check,
                    EventLoop.WORLD,
                    endNanos,
                    count + (count == 1 ? " message was " : " messages were ") + what));
        }
    }
}
