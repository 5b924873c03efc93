package org.privatus.simulation.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.privatus.node.host.NodeHost;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.fault.AlteredHost;
import org.privatus.simulation.fault.LateDatagrams;
import org.privatus.simulation.fault.SkewedTime;
import org.privatus.simulation.fault.SlowCompute;
import org.privatus.simulation.fault.Span;
import org.privatus.simulation.network.DropRule;
import org.privatus.simulation.network.PathRule;
import org.privatus.simulation.random.Mix;
import org.privatus.simulation.scenario.Fault;
import org.privatus.simulation.scenario.NodeGroup;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.scenario.Selection;

/// The faults of a scenario with the nodes that they hit: functions of seed and time, alike on every shard.
final class Ailments {
    private final Scenario scenario;
    private final BitSet carriers;
    private final NodeGroups groups;
    private final Map<Integer, List<Spell>> ofNode = new TreeMap<>();
    private final List<DropRule> rules = new ArrayList<>();
    private final List<Crash> crashes = new ArrayList<>();

    /// A node ends at a moment, and may start again at another.
    record Crash(int node, long atNanos, long restartNanos, boolean keepsDisk) {
        /// Whether it starts again.
        boolean comesBack() {
            return restartNanos != Long.MAX_VALUE;
        }
    }

    /// A fault with the time at which it holds.
    private record Spell(Fault fault, Span span) {}

    Ailments(Scenario scenario, BitSet carriers, NodeGroups groups) {
        this.scenario = scenario;
        this.carriers = carriers;
        this.groups = groups;
        for (int i = 0; i < scenario.faults().size(); i++) {
            place(scenario.faults().get(i), purpose(i));
        }
    }

    /// What tells the choices of a fault from those of others.
    private static String purpose(int index) {
        return "fault " + index;
    }

    /// The partitions of a scenario, for the model of its network.
    static List<PathRule> partitions(Scenario scenario) {
        var rules = new ArrayList<PathRule>();
        BitSet all = Selection.all(scenario.nodes());
        for (int i = 0; i < scenario.faults().size(); i++) {
            if (scenario.faults().get(i) instanceof Fault.Partition partition) {
                BitSet side = partition.side().pick(scenario.seed(), purpose(i), all);
                Span span = spanOf(scenario, partition);
                rules.add(new PathRule.Partition(span.fromNanos(), span.untilNanos(), side::get));
            }
        }
        return rules;
    }

    private static Span spanOf(Scenario scenario, Fault fault) {
        return Span.of(scenario.beginning(), fault.at(), fault.until());
    }

    private void place(Fault fault, String purpose) {
        switch (fault) {
            case Fault.Partition _ -> {} // a rule of the network: #partitions
            case Fault.AsymmetricLoss loss -> rules.add(asymmetric(loss, purpose));
            case Fault.Crash crash -> crash(crash, purpose);
            case Fault.Slow slow -> hit(slow, slow.nodes(), slow.among(), purpose);
            case Fault.ClockSkew skew -> hit(skew, skew.nodes(), skew.among(), purpose);
        }
    }

    /// Who is dropped is drawn from the datagram's sender, receiver, moment and bytes.
    private DropRule asymmetric(Fault.AsymmetricLoss loss, String purpose) {
        BitSet all = Selection.all(scenario.nodes());
        BitSet from = loss.from().pick(scenario.seed(), purpose + " from", all);
        BitSet to = loss.to().pick(scenario.seed(), purpose + " to", all);
        Span span = spanOf(scenario, loss);
        long key = Mix.of(scenario.seed(), Mix.of(purpose));
        return transit -> span.contains(transit.timeNanos())
                && from.get(transit.fromNode())
                && transit.toNode() >= 0
                && to.get(transit.toNode())
                && Mix.uniform(Mix.of(Mix.of(key, transit.timeNanos()), transit.bytes(), 0, transit.bytes().length))
                        < loss.loss();
    }

    private void crash(Fault.Crash crash, String purpose) {
        Duration begin = scenario.beginning();
        long at = begin.plus(crash.at()).toNanos();
        long restart = crash.until().map(end -> begin.plus(end).toNanos()).orElse(Long.MAX_VALUE);
        long shift = 0;
        for (int node : pick(crash.nodes(), crash.among(), purpose).stream().toArray()) {
            long back = restart == Long.MAX_VALUE ? restart : restart + shift;
            crashes.add(new Crash(node, at + shift, back, crash.keepsDisk()));
            shift += crash.apart().toNanos();
        }
    }

    private void hit(Fault fault, Selection selection, Fault.Among among, String purpose) {
        var spell = new Spell(fault, spanOf(scenario, fault));
        pick(selection, among, purpose).stream()
                .forEach(node -> ofNode.computeIfAbsent(node, unknown -> new ArrayList<>())
                        .add(spell));
    }

    private BitSet pick(Selection selection, Fault.Among among, String purpose) {
        BitSet eligible = new BitSet();
        eligible.set(0, scenario.honestNodes());
        switch (among) {
            case ALL -> {}
            case PEOPLE -> eligible.and(carriers);
            case RELAYS -> eligible.andNot(carriers);
        }
        return selection.pick(scenario.seed(), purpose, eligible);
    }

    /// What chance loses on the way between some nodes: rules for the network beside [#partitions], for all shards alike.
    List<DropRule> rules() {
        return rules;
    }

    List<Crash> crashes() {
        return crashes;
    }

    /// A node's host with everything that is wrong with it.
    NodeHost on(NodeHost host, int node, EventLoop loop) {
        List<Spell> spells = ofNode.getOrDefault(node, List.of());
        double usual = groups.of(node).map(NodeGroup::computeFactor).orElse(1.0);
        if (spells.isEmpty() && usual == 1) {
            return host;
        }
        AlteredHost altered = AlteredHost.of(host)
                .withCompute(new SlowCompute(host.compute(), loop, () -> factor(usual, spells, loop.nowNanos())))
                .withDatagrams(new LateDatagrams(host.datagrams(), loop, () -> delay(spells, loop.nowNanos())));
        for (Spell spell : spells) {
            if (spell.fault instanceof Fault.ClockSkew skew) {
                altered = altered.withTime(
                        new SkewedTime(altered.time(), loop, spell.span, skew.offsetMillis(), skew.rate()));
            }
        }
        return altered;
    }

    private static double factor(double usual, List<Spell> spells, long nowNanos) {
        double factor = usual;
        for (Spell spell : spells) {
            if (spell.fault instanceof Fault.Slow slow && spell.span.contains(nowNanos)) {
                factor *= slow.computeFactor();
            }
        }
        return factor;
    }

    private static long delay(List<Spell> spells, long nowNanos) {
        long delay = 0;
        for (Spell spell : spells) {
            if (spell.fault instanceof Fault.Slow slow && spell.span.contains(nowNanos)) {
                delay += slow.delay().toNanos();
            }
        }
        return delay;
    }
}
