package org.privatus.node.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.dht.DhtSettings;
import org.privatus.node.home.NetworkNames;
import org.privatus.node.link.core.LinkSettings;
import org.privatus.node.messaging.core.MessagingSettings;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.UserError;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.ThreatLevel;

/// Reads settings. Every mistake is a [UserError] of one line that names the key and what is allowed.
public final class SettingsLoader {
    private static final String ROOT = "privatus";
    private static final String PROFILE = "privatus.node.profile";
    private static final String NETWORK = "privatus.node.network";
    private static final String PROFILES = "privatus.profiles.";

    /// Each is true on a network of a laboratory.
    private static final List<String> LABORATORY = List.of(
            "privatus.dht.table.local-addresses", "privatus.onion.laboratory", "privatus.onion.relay.laboratory");

    private static final String THREAT_LEVEL = "privatus.onion.threat-level";

    private SettingsLoader() {}

    /// Validated settings from all sources.
    public static NodeSettings load(SettingsSources sources) {
        Config reference = ConfigFactory.defaultReferenceUnresolved();
        Config chosen = chosen(sources);
        KnownKeys.of(reference).check(chosen);
        Profile profile = profile(sources, chosen);
        Config layered = chosen.withFallback(
                        reference.getConfig(PROFILES + profile.key()).atPath(ROOT))
                .withFallback(reference);
        Config whole = resolve(derived(layered));
        var reader = new RecordReader(whole);
        return new NodeSettings(
                profile,
                reader.read("privatus.node", ProcessSettings.class),
                reader.read("privatus.node.console", ConsoleSettings.class),
                reader.read("privatus.node.link", LinkSettings.class),
                reader.read("privatus.dht", DhtSettings.class),
                reader.read("privatus.onion", OnionSettings.class),
                reader.read("privatus.onion.relay", RelaySettings.class),
                reader.read("privatus.node.messaging", MessagingSettings.class));
    }

    /// Pekko's settings for real nodes in this process: dispatchers sized for this machine within the bounds of the
    /// settings.
    public static Config pekko(ProcessSettings process) {
        int workers = process.cryptoWorkersOn(Runtime.getRuntime().availableProcessors());
        String sizes = """
            pekko.actor.default-dispatcher.fork-join-executor.parallelism-min = %d
            pekko.actor.default-dispatcher.fork-join-executor.parallelism-max = %d
            privatus.crypto-dispatcher.thread-pool-executor.fixed-pool-size = %d
            """.formatted(process.actorThreadsMin(), process.actorThreadsMax(), workers);
        return resolve(ConfigFactory.parseString(sizes)
                .withFallback(ConfigFactory.parseResources(
                        SettingsLoader.class.getClassLoader(), "privatus-pekko.conf", ConfigParseOptions.defaults()))
                .withFallback(ConfigFactory.defaultReferenceUnresolved()));
    }

    /// What a user said, without defaults.
    private static Config chosen(SettingsSources sources) {
        Config chosen = ConfigFactory.empty();
        for (String assignment : sources.assignments()) {
            chosen = parse(assignment).withFallback(chosen);
        }
        chosen = chosen.withFallback(sources.file().map(SettingsLoader::parse).orElse(ConfigFactory.empty()));
        if (sources.network().isPresent()) {
            String network = sources.network().get().toString();
            checkSameNetwork(chosen, network);
            chosen = chosen.withValue(NETWORK, ConfigValueFactory.fromAnyRef(network));
        }
        return resolve(chosen);
    }

    private static void checkSameNetwork(Config chosen, String network) {
        if (chosen.hasPath(NETWORK)
                && !NetworkNames.parse(text(chosen, NETWORK)).equals(NetworkNames.parse(network))) {
            throw UserError.usage("setting " + NETWORK + " is " + RemoteText.line(text(chosen, NETWORK))
                    + ", but this node belongs to or joins the network " + network
                    + ": leave the setting out, or choose another directory with --data DIR");
        }
    }

    private static Config parse(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw UserError.usage("--set " + RemoteText.line(assignment)
                    + " is no setting: write KEY=VALUE, such as privatus.onion.threat-level=high");
        }
        try {
            return ConfigFactory.parseString(assignment);
        } catch (ConfigException e) {
            return asText(assignment, equals);
        }
    }

    /// A value that is no HOCON as it stands, such as `0.0.0.0:7400`.
    private static Config asText(String assignment, int equals) {
        try {
            return ConfigFactory.empty()
                    .withValue(
                            assignment.substring(0, equals).strip(),
                            ConfigValueFactory.fromAnyRef(
                                    assignment.substring(equals + 1).strip()));
        } catch (ConfigException e) {
            throw UserError.usage("--set " + RemoteText.line(assignment) + " is no setting: "
                    + RemoteText.line(String.valueOf(e.getMessage())));
        }
    }

    private static Config parse(Path file) {
        if (!Files.exists(file)) {
            return ConfigFactory.empty();
        }
        try {
            return ConfigFactory.parseFile(file.toFile());
        } catch (ConfigException e) {
            throw UserError.usage("the settings file " + file + " cannot be read: "
                    + RemoteText.line(String.valueOf(e.getMessage())));
        }
    }

    private static Profile profile(SettingsSources sources, Config chosen) {
        if (sources.profile().isPresent()) {
            return sources.profile().get();
        }
        if (chosen.hasPath(PROFILE)) {
            String name = text(chosen, PROFILE);
            return Arrays.stream(Profile.values())
                    .filter(profile -> profile.key().equals(name.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> UserError.usage(
                            "setting " + PROFILE + " is " + RemoteText.line(name) + "; allowed: " + profiles()));
        }
        Optional<NetworkId> network =
                chosen.hasPath(NETWORK) ? NetworkNames.parse(text(chosen, NETWORK)) : Optional.empty();
        return network.filter(NetworkId::isLaboratory).isPresent() ? Profile.DEV : Profile.PROD;
    }

    private static String profiles() {
        return Arrays.stream(Profile.values()).map(Profile::key).collect(Collectors.joining(", "));
    }

    private static String text(Config config, String key) {
        return String.valueOf(config.getValue(key).unwrapped());
    }

    /// What follows from other settings: hops from the threat level, and on the network of a laboratory, private addresses are as good as
    /// others for every module that asks.
    private static Config derived(Config layered) {
        Config resolved = resolve(layered);
        boolean laboratory = NetworkNames.parse(text(resolved, NETWORK))
                .filter(NetworkId::isLaboratory)
                .isPresent();
        Config derived = layered.withValue("privatus.onion.hops", ConfigValueFactory.fromAnyRef(hops(resolved)));
        for (String key : LABORATORY) {
            boolean chosen = resolved.hasPath(key) && resolved.getBoolean(key);
            derived = derived.withValue(key, ConfigValueFactory.fromAnyRef(laboratory || chosen));
        }
        return derived;
    }

    private static int hops(Config resolved) {
        String level = text(resolved, THREAT_LEVEL);
        return Arrays.stream(ThreatLevel.values())
                .filter(known -> known.name().equalsIgnoreCase(level))
                .findFirst()
                .map(ThreatLevel::hops)
                .orElseThrow(() -> UserError.usage("setting " + THREAT_LEVEL + " is " + RemoteText.line(level)
                        + "; allowed: low, medium, high or extreme"));
    }

    private static Config resolve(Config config) {
        try {
            return config.resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false));
        } catch (ConfigException e) {
            throw UserError.usage("settings refer to something that is not there: "
                    + RemoteText.line(String.valueOf(e.getMessage())));
        }
    }
}
