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
/// @param late of those built, that came after a second one had been begun
/// @param lateNanos after it a second one is begun
/// @param buildQuantileNanos 80 % of circuits were built in this time; 0 until that is known
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
        long late,
        long lateNanos,
        long buildQuantileNanos) {
    /// A person who can be reached through this node.
    ///
    /// @param gateways that are registered now
    /// @param splices that are open to this person
    public record ServedView(PersonKey person, List<NodeId> gateways, int splices) {}
}
