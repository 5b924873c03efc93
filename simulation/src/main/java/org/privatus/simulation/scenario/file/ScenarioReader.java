package org.privatus.simulation.scenario.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privatus.simulation.scenario.Adversary;
import org.privatus.simulation.scenario.Checks;
import org.privatus.simulation.scenario.Fault;
import org.privatus.simulation.scenario.NodeGroup;
import org.privatus.simulation.scenario.People;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.scenario.Workload;

/// Makes a [Scenario] of what [ScenarioSources] has put together: each key within its bounds, and all of them possible together.
public final class ScenarioReader {
    static final Duration NOTHING = Duration.ZERO;
    static final Duration INSTANT = Duration.ofMillis(1);
    static final Duration DAY = Duration.ofDays(1);
    static final Duration LONGEST = Duration.ofDays(30);

    /// Nodes that others join through.
    private static final int SEEDS = 8;

    /// Checks that a workload of lookups does not make, and that only it makes.
    private static final List<String> OF_MESSAGES = List.of("lookups-answered", "recovery", "ready");
    private static final List<String> OF_LOOKUPS = List.of("lookups-found");

    /// Each is an event from the beginning.
    private static final long LOOKUPS_MOST = 100_000_000;

    private final Section root;
    private final String name;
    private final String text;

    private ScenarioReader(String name, Config config) {
        this.name = name;
        this.root = new Section(config.root(), "");
        this.text = config.root()
                .render(ConfigRenderOptions.defaults()
                        .setOriginComments(false)
                        .setComments(false)
                        .setJson(false));
    }

    /// Reads and checks everything.
    ///
    /// @throws org.privatus.node.terminal.UserError of one line with the place of the mistake
    public static Scenario read(ScenarioSources sources) {
        return new ScenarioReader(sources.name(), sources.resolved()).scenario();
    }

    private Scenario scenario() {
        root.has(ScenarioSources.BASED_ON);
        int nodes = root.whole("nodes", 1, Scenario.NODES_MOST);
        Duration startsApart = root.duration("starts-apart", NOTHING, Duration.ofMinutes(1));
        Duration settle = root.duration("settle", NOTHING, DAY);
        Duration duration = root.duration("duration", INSTANT, LONGEST);
        Duration patience = root.duration("patience", NOTHING, DAY);
        List<String> settings = NodeSettingsReader.assignments(root.section("settings"), List.of());
        boolean real = root.oneOf("crypto", "stub", "real").equals("real");
        Section network = root.section("network");
        var comings = new ComingsReader(new TimedSections(duration.plus(patience)));
        var timed = new TimedSections(duration.plus(patience));
        List<Adversary> adversaries = new AdversaryReader(timed, nodes).read(root.sections("adversaries"));
        int honest = nodes - adversaries.stream().mapToInt(Adversary::count).sum();
        if (honest < 1) {
            throw root.impossible(
                    "adversaries",
                    ": " + (nodes - honest) + " of them on " + nodes + " nodes; allowed: fewer than nodes");
        }
        Workload workload = workload(honest);
        List<Fault> faults = new FaultReader(timed, nodes).read(root.sections("faults"));
        var scenario = new Scenario(
                name,
                root.text("description").strip(),
                text,
                nodes,
                root.wholeLong("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                startsApart,
                settle,
                duration,
                patience,
                real,
                settings,
                groups(settings),
                new NetworkReader(network).read(),
                workload,
                comings.churn(root),
                comings.crowd(root),
                faults,
                adversaries,
                checks(root.section("checks"), workload));
        root.end();
        requirePossible(scenario);
        return scenario;
    }

    private Workload workload(int honest) {
        Section lookups = root.section("lookups");
        Section people = root.section("people");
        int parallelism = lookups.whole("parallelism", 1, 16);
        Duration interval = lookups.duration("interval", Duration.ofNanos(1000), DAY);
        lookups.end();
        boolean messages = root.oneOf("workload", "messages", "kad-1").equals("messages");
        People who = new PeopleReader(people, honest, messages).read();
        return messages ? new Workload.Messages(who) : new Workload.Lookups(parallelism, interval);
    }

    private List<NodeGroup> groups(List<String> common) {
        var groups = new ArrayList<NodeGroup>();
        double shares = 0;
        for (Section section : root.sections("groups")) {
            double share = section.share("share");
            shares += share;
            if (shares > 1 + 1e-9) {
                throw section.impossible("share", ": the shares of all groups add up to more than 1");
            }
            groups.add(new NodeGroup(
                    section.text("name"),
                    share,
                    section.has("settings")
                            ? NodeSettingsReader.assignments(section.section("settings"), common)
                            : List.of(),
                    section.has("compute-factor") ? section.number("compute-factor", 0.01, 10_000) : 1));
            section.end();
        }
        return groups;
    }

    private static Checks checks(Section section, Workload workload) {
        boolean lookups = workload instanceof Workload.Lookups;
        for (String key : lookups ? OF_MESSAGES : OF_LOOKUPS) {
            if (section.has(key)) {
                throw section.impossible(
                        key,
                        lookups
                                ? ", but workload is kad-1, which does not look at that; allowed: null there, or"
                                        + " workload = messages"
                                : ", but workload is messages; allowed: null there, or workload = kad-1");
            }
        }
        if (lookups && section.flag("queues-bounded")) {
            throw section.impossible(
                    "queues-bounded", ", but workload is kad-1; allowed: false there, or workload = messages");
        }
        var checks = new Checks(
                section.flag("acknowledged-kept"),
                section.flag("all-delivered"),
                section.flag("no-plaintext"),
                section.flag("no-crashes"),
                optionalShare(section, "lookups-answered"),
                optionalShare(section, "lookups-found"),
                section.flag("queues-bounded"),
                optionalTime(section, "recovery"),
                optionalTime(section, "ready"),
                section.duration("interval", Duration.ofSeconds(1), DAY));
        section.end();
        return checks;
    }

    private static Optional<Double> optionalShare(Section section, String key) {
        return section.has(key) ? Optional.of(section.share(key)) : Optional.empty();
    }

    private static Optional<Duration> optionalTime(Section section, String key) {
        return section.has(key) ? Optional.of(section.duration(key, INSTANT, DAY)) : Optional.empty();
    }

    private void requirePossible(Scenario scenario) {
        if (scenario.realCrypto() && scenario.nodes() > Scenario.REAL_CRYPTO_NODES_MOST) {
            throw root.impossible(
                    "crypto",
                    " with " + scenario.nodes() + " nodes; allowed: real for up to " + Scenario.REAL_CRYPTO_NODES_MOST
                            + " nodes, stub for more");
        }
        if (scenario.workload() instanceof Workload.Lookups lookups) {
            if (scenario.duration().dividedBy(lookups.interval()) > LOOKUPS_MOST) {
                throw root.impossible(
                        "duration",
                        " with a lookup each " + lookups.interval().toNanos() / 1000 + "us; allowed: up to "
                                + LOOKUPS_MOST + " lookups");
            }
            String reason = ", but workload is kad-1; allowed: none there, or workload = messages";
            if (!scenario.faults().isEmpty()) {
                throw root.impossible("faults", reason);
            }
            if (!scenario.adversaries().isEmpty()) {
                throw root.impossible("adversaries", reason);
            }
            if (!scenario.groups().isEmpty()) {
                throw root.impossible("groups", reason);
            }
            if (scenario.churn().isPresent() || scenario.crowd().isPresent()) {
                throw root.impossible(scenario.churn().isPresent() ? "churn" : "flash-crowd", reason);
            }
        }
        scenario.crowd().ifPresent(crowd -> {
            if (crowd.nodes() > scenario.honestNodes() - SEEDS) {
                throw root.impossible(
                        "flash-crowd",
                        ": " + crowd.nodes() + " of " + scenario.honestNodes() + " honest nodes; allowed: all but "
                                + SEEDS + ", which others join through");
            }
        });
        for (Adversary adversary : scenario.adversaries()) {
            AdversaryReader.requireTarget(adversary, scenario, root);
        }
    }
}
