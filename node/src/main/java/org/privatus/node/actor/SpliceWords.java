package org.privatus.node.actor;

import org.privatus.node.store.AttemptStep.Outcome;
import org.privatus.node.store.AttemptStep.Stage;
import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.splice.StepOutcome;

/// The steps of opening a splice, in the terms of the attempts that are kept for `why`. Relays are not named there: the
/// record outlives the circuit.
final class SpliceWords {
    private SpliceWords() {}

    static Stage stage(AttemptStep step) {
        return switch (step) {
            case AttemptStep.LeaseLookup lookup -> Stage.LEASE_LOOKUP;
            case AttemptStep.LeaseRemembered remembered -> Stage.LEASE_LOOKUP;
            case AttemptStep.CircuitChosen chosen -> Stage.CIRCUIT;
            case AttemptStep.CircuitBuilt built -> Stage.CIRCUIT;
            case AttemptStep.GatewayExtended extended -> Stage.GATEWAY;
            case AttemptStep.WorkAsked asked -> Stage.SPLICE;
            case AttemptStep.Spliced spliced -> Stage.SPLICE;
        };
    }

    /// What was done, or why it was not.
    static String detail(AttemptStep step, StepOutcome outcome) {
        return outcome == StepOutcome.OK || step instanceof AttemptStep.LeaseLookup
                ? done(step)
                : failed(step, outcome);
    }

    private static String failed(AttemptStep step, StepOutcome outcome) {
        return switch (step) {
            case AttemptStep.LeaseLookup lookup -> done(lookup);
            case AttemptStep.LeaseRemembered remembered -> done(remembered);
            case AttemptStep.CircuitChosen chosen -> done(chosen);
            case AttemptStep.CircuitBuilt built -> "no relays that keep the rules, or none of them answered";
            case AttemptStep.GatewayExtended extended ->
                switch (outcome) {
                    case UNREACHABLE -> "the gateway did not answer our last relay";
                    case REFUSED -> "the gateway takes no more circuits, or our last relay may not dial it";
                    case TIMED_OUT -> "no answer in time";
                    case DIED -> "the circuit died on the way to the gateway";
                    case OK, NOT_FOUND, INVALID -> "";
                };
            case AttemptStep.WorkAsked(var gateway, var effort) ->
                "many others ask for them: the gateway wants work of " + effort + " hashes, more than we do";
            case AttemptStep.Spliced spliced ->
                switch (outcome) {
                    case NOT_FOUND -> "the gateway does not know them any more: the lease is old";
                    case REFUSED -> "more ask for them than the gateway lets in";
                    case TIMED_OUT -> "the gateway did not answer";
                    case DIED -> "the circuit died before the gateway answered";
                    case OK, INVALID, UNREACHABLE -> "";
                };
        };
    }

    private static String done(AttemptStep step) {
        return switch (step) {
            case AttemptStep.LeaseLookup(var next, var answers) ->
                answers + " of 2 circuits answered" + (next ? ", for the next period" : "");
            case AttemptStep.LeaseRemembered remembered -> "known from before";
            case AttemptStep.CircuitChosen(var hops) -> "ready, " + hops.size() + " hops";
            case AttemptStep.CircuitBuilt(var hops) -> "built, " + hops.size() + " hops";
            case AttemptStep.GatewayExtended extended -> "";
            case AttemptStep.WorkAsked(var gateway, var effort) ->
                "many others ask for them: the gateway wants work of " + effort + " hashes first";
            case AttemptStep.Spliced spliced -> "";
        };
    }

    static Outcome outcome(StepOutcome outcome) {
        return switch (outcome) {
            case OK -> Outcome.OK;
            case NOT_FOUND -> Outcome.NOT_FOUND;
            case INVALID, UNREACHABLE -> Outcome.FAILED;
            case REFUSED -> Outcome.REFUSED;
            case TIMED_OUT -> Outcome.TIMED_OUT;
            case DIED -> Outcome.CLOSED;
        };
    }

    static Outcome outcome(SpliceEnd end) {
        return switch (end) {
            case CLOSED_BY_PEER, CIRCUIT_DIED -> Outcome.CLOSED;
            case LEASE_NOT_FOUND -> Outcome.NOT_FOUND;
            case GATEWAY_UNREACHABLE, NO_CIRCUIT -> Outcome.FAILED;
            case TIMED_OUT -> Outcome.TIMED_OUT;
            case LIMIT -> Outcome.REFUSED;
        };
    }

    static String detail(SpliceEnd end) {
        return switch (end) {
            case CLOSED_BY_PEER -> "closed by the other side";
            case CIRCUIT_DIED -> "a relay on the way is gone";
            case LEASE_NOT_FOUND -> "no lease: they are away, or the address is no more";
            case GATEWAY_UNREACHABLE -> "no gateway of the lease could be used";
            case NO_CIRCUIT -> "no circuit could be built";
            case TIMED_OUT -> "";
            case LIMIT -> "all own circuits are in use";
        };
    }
}
