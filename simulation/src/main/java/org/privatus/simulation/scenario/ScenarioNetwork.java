package org.privatus.simulation.scenario;

import java.util.List;
import org.privatus.simulation.network.AccessMix;
import org.privatus.simulation.network.NatMix;
import org.privatus.simulation.network.NetworkModel;
import org.privatus.simulation.network.NetworkSettings;

/// The network of a scenario, before a seed has dealt it out.
///
/// @param settings what chance does to datagrams
/// @param access the nodes' access links
/// @param nat the boxes they are behind
public record ScenarioNetwork(NetworkSettings settings, ScenarioLatency latency, AccessMix access, NatMix nat) {
    /// What shards build their networks from.
    public NetworkModel model(long seed) {
        return new NetworkModel(settings, latency.model(seed), access, nat, List.of());
    }
}
