package org.privatus.simulation.gateway;

/// What went through a gateway since it opened.
///
/// @param wallNanos how long that is
/// @param present real nodes that have a place now
/// @param everJoined real nodes that had one
/// @param received datagrams of real nodes, whatever became of them
/// @param sent datagrams to real nodes
/// @param dropped received, but too long, too many, or from somebody for whom there was no place
/// @param unsent not taken by the kernel
/// @param answered texts of real people whose answer was acknowledged
record GatewayStatistics(
        long wallNanos,
        long events,
        int present,
        long everJoined,
        long received,
        long sent,
        long dropped,
        long unsent,
        long answered,
        long worstLagNanos) {}
