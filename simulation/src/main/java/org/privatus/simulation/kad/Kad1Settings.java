package org.privatus.simulation.kad;

import java.util.List;
import java.util.stream.Stream;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;

/// The settings with which the shipped nodes do what KAD-1 prescribes: one path, a fixed α, no last requests at once, no
/// stall timer, a request time-out of one second, no pool of descriptors.
public final class Kad1Settings {
    private Kad1Settings() {}

    public static NodeSettings of(int parallelism) {
        return of(parallelism, List.of());
    }

    /// The same but for what is set otherwise.
    ///
    /// @param others `KEY=VALUE`
    public static NodeSettings of(int parallelism, List<String> others) {
        List<String> assignments =
                Stream.concat(profile(parallelism).stream(), others.stream()).toList();
        return SettingsLoader.load(SettingsSources.defaults(Profile.SIMULATION, assignments));
    }

    private static List<String> profile(int parallelism) {
        return List.of(
                "privatus.dht.lookup.parallelism=" + parallelism,
                "privatus.dht.lookup.paths=1",
                "privatus.dht.lookup.together=false",
                "privatus.dht.lookup.stall-floor=1s",
                "privatus.dht.lookup.give-up-floor=1s",
                "privatus.dht.lookup.deadline=60s",
                "privatus.dht.lookup.max-operations=10000",
                "privatus.dht.pool.wanted=0",
                "privatus.node.keep-contacts=false",
                "privatus.dht.records.publish=false",
                "privatus.node.link.half-open-lifetime=1s");
    }
}
