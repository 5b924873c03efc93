package org.privatus.onion.splice;

import java.util.List;
import org.privatus.crypto.identity.NodeId;

/// One step of the attempt to reach a person, for whoever asks why it took long or failed.
public sealed interface AttemptStep {
    /// The lease was looked up, through two circuits.
    ///
    /// @param next whether of the next period, because the current one has none that works
    /// @param answers how many of the two circuits brought a record
    record LeaseLookup(boolean next, int answers) implements AttemptStep {}

    /// A lease known from before is used.
    record LeaseRemembered() implements AttemptStep {}

    /// A circuit that was ready is used.
    record CircuitChosen(List<NodeId> hops) implements AttemptStep {}

    /// A circuit was built for this attempt.
    record CircuitBuilt(List<NodeId> hops) implements AttemptStep {}

    /// The circuit was extended to a gateway of the lease.
    record GatewayExtended(NodeId gateway) implements AttemptStep {}

    /// The gateway is flooded, and asks for work.
    ///
    /// @param effort hashes
    record WorkAsked(NodeId gateway, long effort) implements AttemptStep {}

    /// The gateway joined the circuit to the person's.
    record Spliced(NodeId gateway) implements AttemptStep {}
}
