package org.privatus.simulation.network;

import java.util.List;

/// All that a shard needs to know to build its part of the network. Immutable, and shared by the shards of one process; in another
/// process the same values make the same network.
///
/// @param settings what chance does to datagrams
/// @param latency how far nodes are from each other
/// @param access the nodes' access links
/// @param nat the boxes they are behind
/// @param rules what goes wrong for a time
/// @param addresses where nodes are
public record NetworkModel(
        NetworkSettings settings,
        LatencyModel latency,
        AccessMix access,
        NatMix nat,
        List<PathRule> rules,
        Addresses addresses) {
    public NetworkModel {
        rules = List.copyOf(rules);
    }

    /// Nodes at the usual addresses.
    public NetworkModel(
            NetworkSettings settings, LatencyModel latency, AccessMix access, NatMix nat, List<PathRule> rules) {
        this(settings, latency, access, nat, rules, Addresses.PUBLIC);
    }

    /// Public addresses on links without limits.
    public static NetworkModel of(NetworkSettings settings, LatencyModel latency) {
        return new NetworkModel(settings, latency, AccessMix.UNLIMITED, NatMix.NONE, List.of());
    }

    public NetworkModel withSettings(NetworkSettings other) {
        return new NetworkModel(other, latency, access, nat, rules, addresses);
    }

    public NetworkModel withLatency(LatencyModel other) {
        return new NetworkModel(settings, other, access, nat, rules, addresses);
    }

    public NetworkModel withAccess(AccessMix other) {
        return new NetworkModel(settings, latency, other, nat, rules, addresses);
    }

    public NetworkModel withNat(NatMix other) {
        return new NetworkModel(settings, latency, access, other, rules, addresses);
    }

    public NetworkModel withRules(List<PathRule> others) {
        return new NetworkModel(settings, latency, access, nat, others, addresses);
    }

    public NetworkModel withAddresses(Addresses others) {
        return new NetworkModel(settings, latency, access, nat, rules, others);
    }
}
