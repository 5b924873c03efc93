package org.privatus.simulation.run;

import java.util.BitSet;
import org.privatus.simulation.churn.Churn;
import org.privatus.simulation.random.Mix;
import org.privatus.simulation.scenario.Comings;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.world.Identities;

/// Whose sessions end, when and how, and when they return: functions of seed, node and the number of the session.
final class Attendance {
    private final Churn churn;
    private final double crashes;
    private final long crashKey;
    private final BitSet churning;

    Attendance(Scenario scenario, Comings.Churning settings, BitSet carriers) {
        this.churn = new Churn(settings.lengths(), scenario.seed());
        this.crashes = settings.crashes();
        this.crashKey = Mix.of(scenario.seed(), Mix.of("ends of sessions"));
        this.churning = new BitSet();
        churning.set(Math.min(Identities.SEEDS, scenario.honestNodes()), scenario.honestNodes());
        switch (settings.among()) {
            case ALL -> {}
            case PEOPLE -> churning.and(carriers);
            case RELAYS -> churning.andNot(carriers);
        }
    }

    boolean churns(int node) {
        return churning.get(node);
    }

    long sessionNanos(int node, int session) {
        return churn.sessionNanos(node, session);
    }

    long absenceNanos(int node, int session) {
        return churn.absenceNanos(node, session);
    }

    /// Whether it ends without a word.
    boolean crashes(int node, int session) {
        return Mix.uniform(Mix.of(Mix.of(crashKey, node), session)) < crashes;
    }
}
