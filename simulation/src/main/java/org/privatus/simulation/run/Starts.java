package org.privatus.simulation.run;

import java.util.Optional;
import org.privatus.simulation.churn.FlashCrowd;
import org.privatus.simulation.scenario.Scenario;

/// When each node starts for the first time: one after the other, or in a crowd.
final class Starts {
    private final Scenario scenario;
    private final Optional<FlashCrowd> crowd;

    Starts(Scenario scenario) {
        this.scenario = scenario;
        this.crowd = scenario.crowd()
                .map(all -> new FlashCrowd(
                        scenario.honestNodes() - all.nodes(),
                        all.nodes(),
                        scenario.beginning().plus(all.at()).toNanos(),
                        all.within().toNanos()));
    }

    long nanos(int node) {
        return crowd.filter(all -> all.includes(node))
                .map(all -> all.startNanos(scenario.seed(), node))
                .orElse(scenario.startsApart().toNanos() * node);
    }
}
