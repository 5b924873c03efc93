package org.privatus.simulation.scenario;

import java.util.List;
import java.util.Optional;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;

/// The settings of every node in a run: the profile `simulation`, and what the options change.
final class ScenarioSettings {
    private ScenarioSettings() {}

    static NodeSettings load(SimulationOptions options) {
        return SettingsLoader.load(new SettingsSources(
                Optional.of(Profile.SIMULATION),
                Optional.empty(),
                Optional.empty(),
                List.of("privatus.dht.pool.wanted=" + options.poolDescriptors())));
    }
}
