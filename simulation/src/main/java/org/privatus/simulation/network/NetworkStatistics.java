package org.privatus.simulation.network;

/// Datagrams since the network was made.
///
/// @param sent handed over by nodes
/// @param sentBytes their UDP payload
/// @param delivered given to a listener, duplicates included
/// @param lost vanished by chance, by rule, for their length, or for want of a receiver
/// @param duplicated arrived a second time
public record NetworkStatistics(long sent, long sentBytes, long delivered, long lost, long duplicated) {}
