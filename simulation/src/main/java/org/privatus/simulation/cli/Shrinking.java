package org.privatus.simulation.cli;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.run.ScenarioRun;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.shard.RunObserver;

/// Looks for the smallest scenario in which the same check still fails: without faults and adversaries, with fewer of them, of
/// people and of nodes, in less time. Takes a step whenever the check fails after it too, until none helps any more; each step is one run.
final class Shrinking {
    /// More would take longer than looking at what there is.
    private static final int RUNS_MOST = 100;

    /// With fewer there are no circuits to choose from, and checks fail for that alone.
    private static final int NODES_LEAST = 12;

    /// A workload that lasts no longer than this is short enough.
    private static final long DURATION_SHORT_MILLIS = 2_000;

    /// Circuits are built in it.
    private static final long SETTLE_SHORT_MILLIS = 40_000;

    private final Terminal terminal;
    private final Invocation invocation;
    private final Interruption interruption;
    private final String check;
    private final Map<String, String> changes = new LinkedHashMap<>();
    private Scenario smallest;
    private int runs;

    /// @param check that fails in the scenario as it was asked for
    Shrinking(Terminal terminal, Invocation invocation, Interruption interruption, String check) {
        this.terminal = terminal;
        this.invocation = invocation;
        this.interruption = interruption;
        this.check = check;
        this.smallest = invocation.scenario();
    }

    /// The command of the smallest.
    String run() {
        boolean smaller = true;
        while (smaller) {
            smaller = dropOne("faults", smallest.faults().size())
                    || dropOne("adversaries", smallest.adversaries().size())
                    || fewerHostile()
                    || fewerPeople()
                    || fewerNodes()
                    || lessTime("duration", smallest.duration(), DURATION_SHORT_MILLIS)
                    || lessTime("settle", smallest.settle(), SETTLE_SHORT_MILLIS);
        }
        return invocation.command(smallest.seed(), changes);
    }

    private boolean dropOne(String key, int count) {
        for (int index = 0; index < count; index++) {
            if (fails(change(key, without(key, index)))) {
                return true;
            }
        }
        return false;
    }

    /// The list without one of its elements, in HOCON.
    private String without(String key, int index) {
        var rest = new ArrayList<>(list(key));
        rest.remove(index);
        return text(rest);
    }

    private boolean fewerHostile() {
        for (int index = 0; index < smallest.adversaries().size(); index++) {
            int count = smallest.adversaries().get(index).count();
            if (count > 1 && fails(change("adversaries", withCount("adversaries", index, count / 2)))) {
                return true;
            }
        }
        return false;
    }

    private String withCount(String key, int index, int count) {
        var all = new ArrayList<ConfigValue>(list(key));
        all.set(index, ((ConfigObject) all.get(index)).withValue("count", ConfigValueFactory.fromAnyRef(count)));
        return text(all);
    }

    private ConfigList list(String key) {
        return ConfigFactory.parseString(smallest.text()).getList(key);
    }

    private static String text(List<ConfigValue> list) {
        return ConfigValueFactory.fromIterable(list).render(ConfigRenderOptions.concise());
    }

    private boolean fewerPeople() {
        int people = smallest.people().count();
        return people > 2 && fails(change("people.count", Integer.toString(Math.max(2, people / 2))));
    }

    private boolean fewerNodes() {
        int nodes = smallest.nodes();
        for (int fewer : new int[] {nodes / 2, nodes * 3 / 4, nodes - 1}) {
            if (fewer >= NODES_LEAST && fewer < nodes && fails(change("nodes", Integer.toString(fewer)))) {
                return true;
            }
        }
        return false;
    }

    private boolean lessTime(String key, Duration time, long shortMillis) {
        long millis = time.toMillis();
        return millis > shortMillis && fails(change(key, millis / 2 + "ms"));
    }

    private static Map<String, String> change(String key, String value) {
        return Collections.singletonMap(key, value);
    }

    /// Whether the check still fails with these changes; then they stay.
    private boolean fails(Map<String, String> further) {
        if (runs == RUNS_MOST || interruption.wanted()) {
            return false;
        }
        var all = new LinkedHashMap<>(changes);
        all.putAll(further);
        Optional<Scenario> candidate = scenario(all);
        if (candidate.isEmpty()) {
            return false;
        }
        runs++;
        boolean failed = ScenarioRun.of(candidate.get(), 1)
                .observedBy(observer())
                .run()
                .recording()
                .measurements()
                .violated()
                .containsKey(check);
        if (failed && !interruption.wanted()) {
            changes.putAll(further);
            smallest = candidate.get();
            terminal.err().println("smaller      " + further + " still fails " + check);
            terminal.err().flush();
        }
        return failed && !interruption.wanted();
    }

    /// The changed scenario, unless it is impossible.
    private Optional<Scenario> scenario(Map<String, String> changed) {
        try {
            return Optional.of(invocation.changed(changed));
        } catch (UserError e) {
            return Optional.empty();
        }
    }

    private RunObserver observer() {
        return new RunObserver() {
            @Override
            public void second(long simulatedNanos, long[] totals, long events) {
                // a line per step is progress enough
            }

            @Override
            public boolean stopWanted() {
                return interruption.wanted();
            }
        };
    }

    Scenario smallest() {
        return smallest;
    }

    int runs() {
        return runs;
    }
}
