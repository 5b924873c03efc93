package org.privatus.simulation.scenario.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Optional;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.UserError;

/// Where the keys of a scenario come from, the strongest first: options of the command line, `--set`, the file or shipped scenario,
/// the one it is based on, the defaults. Immutable.
public final class ScenarioSources {
    /// The key that names the scenario whose keys hold where a file says nothing else.
    static final String BASED_ON = "based-on";

    private static final int DEEPEST = 8;

    private final String name;
    private final Config chosen;

    private ScenarioSources(String name, Config chosen) {
        this.name = name;
        this.chosen = chosen;
    }

    /// A scenario over the defaults.
    ///
    /// @param nameOrFile a shipped scenario, or the path of a file
    public static ScenarioSources of(String nameOrFile) {
        ScenarioText text = ScenarioLibrary.find(nameOrFile);
        return new ScenarioSources(
                text.name(), withBase(parse(text), DEEPEST).withFallback(parse(ScenarioLibrary.defaults())));
    }

    /// A scenario as [Scenario#text()] says it, under its name: what one process tells another.
    public static ScenarioSources ofText(String name, String hocon) {
        var text = new ScenarioText(name, name, hocon);
        return new ScenarioSources(name, parse(text).withFallback(parse(ScenarioLibrary.defaults())));
    }

    /// `KEY=VALUE`, stronger than all before.
    public ScenarioSources set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw UserError.usage("--set " + RemoteText.line(assignment)
                    + " is no assignment: write KEY=VALUE, such as network.loss=0.05");
        }
        String key = assignment.substring(0, equals).strip();
        String origin = "--set " + RemoteText.line(key);
        try {
            return over(ConfigFactory.parseString(assignment, parsing(origin)));
        } catch (ConfigException e) {
            return asText(key, assignment.substring(equals + 1).strip(), origin);
        }
    }

    /// A value that is no HOCON as it stands.
    private ScenarioSources asText(String key, String value, String origin) {
        try {
            return over(ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value, origin)));
        } catch (ConfigException e) {
            throw UserError.usage(origin + " is no assignment: write KEY=VALUE, such as network.loss=0.05");
        }
    }

    /// What an option of the command line says.
    public ScenarioSources option(String option, String key, Object value) {
        return over(ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value, option)));
    }

    /// Without a key, as if nobody had said anything about it but the defaults.
    public ScenarioSources without(String key) {
        return new ScenarioSources(name, chosen.withoutPath(key).withFallback(parse(ScenarioLibrary.defaults())));
    }

    private ScenarioSources over(Config stronger) {
        return new ScenarioSources(name, stronger.withFallback(chosen));
    }

    String name() {
        return name;
    }

    Config resolved() {
        try {
            return chosen.resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false));
        } catch (ConfigException e) {
            throw mistake(e);
        }
    }

    private static Config parse(ScenarioText text) {
        try {
            return ConfigFactory.parseString(text.hocon(), parsing(text.place()));
        } catch (ConfigException e) {
            throw mistake(e);
        }
    }

    private static ConfigParseOptions parsing(String origin) {
        return ConfigParseOptions.defaults().setOriginDescription(origin).setIncluder(new NoIncludes(origin));
    }

    private static Config withBase(Config config, int depth) {
        Optional<ConfigValue> base = Optional.ofNullable(config.root().get(BASED_ON));
        if (base.isEmpty()) {
            return config;
        }
        ConfigValue named = base.get();
        String name = String.valueOf(named.unwrapped());
        if (depth == 0 || named.valueType() != ConfigValueType.STRING || !ScenarioLibrary.isShipped(name)) {
            throw UserError.usage(Place.of(named.origin()) + ": " + BASED_ON + " is " + RemoteText.line(name)
                    + "; allowed: " + String.join(", ", ScenarioLibrary.names()));
        }
        return config.withFallback(withBase(parse(ScenarioLibrary.find(name)), depth - 1));
    }

    private static UserError mistake(ConfigException failure) {
        ConfigOrigin origin = failure.origin();
        String message = RemoteText.line(String.valueOf(failure.getMessage()));
        if (origin == null) {
            return UserError.usage("the scenario cannot be read: " + message);
        }
        String prefix = origin.description() + ": ";
        return UserError.usage(Place.of(origin) + ": this is no HOCON: "
                + (message.startsWith(prefix) ? message.substring(prefix.length()) : message));
    }
}
