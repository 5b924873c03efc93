package org.privatus.onion.circuit;

import java.util.List;
import org.privatus.crypto.identity.NodeId;

/// One own circuit, for status. Shown to the person in front of this node alone.
///
/// @param purpose of whoever owns it now
/// @param state `BUILDING`, `READY`, `EXTENDING`
/// @param hops nearest first, those that are still to be added too
public record CircuitView(
        long channel,
        CircuitPurpose purpose,
        String state,
        List<NodeId> hops,
        int builtHops,
        long ageNanos,
        long cellsSent,
        long cellsReceived) {}
