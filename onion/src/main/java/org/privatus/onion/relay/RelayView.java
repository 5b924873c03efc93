package org.privatus.onion.relay;

import java.util.SortedMap;
import org.privatus.onion.cell.DestroyReason;

/// What a relay is doing, in numbers only: nothing here tells circuits apart.
///
/// @param circuits now open through this node
/// @param registrations circuits that have this node as gateway
/// @param splices joined here
/// @param queuedCells waiting for credit or a window
/// @param ended circuits that ended, by reason
public record RelayView(
        int circuits,
        int registrations,
        int splices,
        int queuedCells,
        long circuitsCreated,
        long circuitsRefused,
        long cellsReceived,
        long malformed,
        SortedMap<DestroyReason, Long> ended) {}
