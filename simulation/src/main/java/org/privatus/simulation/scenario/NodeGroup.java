package org.privatus.simulation.scenario;

import java.util.List;

/// Nodes with other settings than the rest.
///
/// @param share of all nodes, by lot
/// @param settings `KEY=VALUE` of nodes, on top of the scenario's
/// @param computeFactor what heavy work costs there, as a multiple of the usual
public record NodeGroup(String name, double share, List<String> settings, double computeFactor) {
    public NodeGroup {
        settings = List.copyOf(settings);
    }
}
