package org.privatus.simulation.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;
import org.privatus.simulation.random.Mix;
import org.privatus.simulation.scenario.NodeGroup;
import org.privatus.simulation.scenario.Scenario;

/// Which node is of which group, by lot, and what settings it has. Settings are loaded once and shared.
final class NodeGroups {
    private final long key;
    private final List<NodeGroup> groups;
    private final NodeSettings common;
    private final List<NodeSettings> ofGroup = new ArrayList<>();

    NodeGroups(Scenario scenario) {
        this.key = Mix.of(scenario.seed(), Mix.of("groups"));
        this.groups = scenario.groups();
        this.common = load(scenario.settings());
        for (NodeGroup group : groups) {
            var all = new ArrayList<>(scenario.settings());
            all.addAll(group.settings());
            ofGroup.add(load(all));
        }
    }

    private static NodeSettings load(List<String> assignments) {
        return SettingsLoader.load(SettingsSources.defaults(Profile.SIMULATION, assignments));
    }

    /// The group of a node; most scenarios have none.
    Optional<NodeGroup> of(int node) {
        int index = indexOf(node);
        return index < 0 ? Optional.empty() : Optional.of(groups.get(index));
    }

    NodeSettings settings(int node) {
        int index = indexOf(node);
        return index < 0 ? common : ofGroup.get(index);
    }

    private int indexOf(int node) {
        if (groups.isEmpty()) {
            return -1;
        }
        double drawn = Mix.uniform(Mix.of(key, node));
        for (int i = 0; i < groups.size(); i++) {
            drawn -= groups.get(i).share();
            if (drawn < 0) {
                return i;
            }
        }
        return -1;
    }
}
