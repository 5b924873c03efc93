package org.privatus.simulation.network;

/// Datagrams since the network was made; those of several shards add up.
///
/// @param sent handed over by nodes
/// @param sentBytes their UDP payload
/// @param delivered given to a listener, duplicates included
/// @param lost vanished by chance, by rule, for their length, or for want of a receiver
/// @param duplicated arrived a second time
public record NetworkStatistics(long sent, long sentBytes, long delivered, long lost, long duplicated) {
    public static final NetworkStatistics NONE = new NetworkStatistics(0, 0, 0, 0, 0);

    public NetworkStatistics plus(NetworkStatistics other) {
        return new NetworkStatistics(
                sent + other.sent,
                sentBytes + other.sentBytes,
                delivered + other.delivered,
                lost + other.lost,
                duplicated + other.duplicated);
    }
}
