package org.privatus.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.privatus.crypto.identity.NetworkId;

/// Where settings come from, the strongest first: assignments, the network that is joined, the file, the profile, the
/// defaults of the modules.
///
/// @param profile empty: as the file says, else `dev` on a laboratory network and `prod` on others
/// @param network that of the node to join or of the data directory; empty: as the settings say
/// @param file may be missing on disk
/// @param assignments `KEY=VALUE` in HOCON
public record SettingsSources(
        Optional<Profile> profile, Optional<NetworkId> network, Optional<Path> file, List<String> assignments) {
    public SettingsSources {
        assignments = List.copyOf(assignments);
    }

    /// The defaults of a profile, and nothing else.
    public static SettingsSources defaults(Profile profile) {
        return defaults(profile, List.of());
    }

    /// The defaults of a profile, and assignments.
    public static SettingsSources defaults(Profile profile, List<String> assignments) {
        return new SettingsSources(Optional.of(profile), Optional.empty(), Optional.empty(), assignments);
    }
}
