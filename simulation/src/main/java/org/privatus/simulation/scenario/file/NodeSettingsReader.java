package org.privatus.simulation.scenario.file;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;
import org.privatus.node.terminal.UserError;

/// Reads settings of nodes: what a node's own settings file may say, checked by the node's own reader.
final class NodeSettingsReader {
    private NodeSettingsReader() {}

    /// `KEY=VALUE` for each key of the section.
    ///
    /// @param common what is set already
    static List<String> assignments(Section section, List<String> common) {
        Map<String, ConfigValue> entries = new TreeMap<>();
        section.raw().toConfig().entrySet().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        var assignments = new ArrayList<String>();
        var all = new ArrayList<>(common);
        for (Map.Entry<String, ConfigValue> entry : entries.entrySet()) {
            String assignment = entry.getKey() + "=" + entry.getValue().render(ConfigRenderOptions.concise());
            assignments.add(assignment);
            all.add(assignment);
            check(all, entry.getValue());
        }
        return assignments;
    }

    private static void check(List<String> assignments, ConfigValue last) {
        try {
            SettingsLoader.load(SettingsSources.defaults(Profile.SIMULATION, assignments));
        } catch (UserError e) {
            throw UserError.usage(Place.of(last.origin()) + ": " + e.getMessage());
        }
    }
}
