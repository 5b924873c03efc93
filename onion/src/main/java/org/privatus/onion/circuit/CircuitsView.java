package org.privatus.onion.circuit;

import java.util.List;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.PersonKey;

/// Own circuits and what they are for, at one moment.
///
/// @param relays in the pool
/// @param guards the first hops that stay
/// @param secondGuards second hops that stay, of circuits through which others come in
/// @param built circuits since start
/// @param failed circuits that were not built, or broke, since start
/// @param buildTimeoutNanos learned
public record CircuitsView(
        List<CircuitView> circuits,
        int spares,
        int relays,
        List<NodeId> guards,
        List<NodeId> secondGuards,
        List<ServedView> served,
        int splices,
        long built,
        long failed,
        long malformed,
        long buildTimeoutNanos) {
    /// A person who can be reached through this node.
    ///
    /// @param gateways that are registered now
    /// @param splices that are open to this person
    public record ServedView(PersonKey person, List<NodeId> gateways, int splices) {}
}
