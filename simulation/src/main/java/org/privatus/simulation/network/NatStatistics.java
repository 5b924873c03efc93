package org.privatus.simulation.network;

/// What NAT boxes did; those of several shards add up.
///
/// @param mapped outer ports that were given out
/// @param filtered datagrams that came to a box and were not let in
/// @param refused datagrams that a box did not let out: it lets nothing out, does not hairpin, or its table is full
public record NatStatistics(long mapped, long filtered, long refused) {
    public static final NatStatistics NONE = new NatStatistics(0, 0, 0);

    public NatStatistics plus(NatStatistics other) {
        return new NatStatistics(mapped + other.mapped, filtered + other.filtered, refused + other.refused);
    }
}
