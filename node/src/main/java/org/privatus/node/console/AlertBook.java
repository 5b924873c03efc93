package org.privatus.node.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.privatus.node.control.StatusView;
import org.privatus.node.settings.ConsoleSettings.AlertSettings;

/// Judges snapshots by rules and keeps what they warned of: each rule warns again only after its cool-down, the
/// oldest warnings go first.
///
/// There is no clock in it: a snapshot is judged when somebody looks. Not thread-safe.
final class AlertBook {
    private static final double PERCENT = 100;

    private final AlertSettings settings;
    private final Map<String, Long> lastWarned = new LinkedHashMap<>();
    private final Deque<AlertView> history = new ArrayDeque<>();

    AlertBook(AlertSettings settings) {
        this.settings = settings;
    }

    void observe(StatusView status, long epochMillis) {
        StatusView.Machine machine = status.tuner().machine();
        judge(Rule.HIGH_CPU_USAGE, machine.cpuLoad(), epochMillis);
        judge(Rule.HIGH_MEMORY_USAGE, share(machine.memoryUsedBytes(), machine.memoryTotalBytes()), epochMillis);
        judge(Rule.HIGH_HEAP_USAGE, share(machine.heapUsedBytes(), machine.heapMaxBytes()), epochMillis);
        judge(Rule.HIGH_DISK_USAGE, share(machine.diskUsedBytes(), machine.diskTotalBytes()), epochMillis);
        judge(Rule.MANY_LINKS, status.peers().size(), epochMillis);
    }

    /// The latest first.
    List<AlertView> recent() {
        var recent = new ArrayList<AlertView>();
        for (var alerts = history.descendingIterator(); alerts.hasNext() && recent.size() < settings.recent(); ) {
            recent.add(alerts.next());
        }
        return recent;
    }

    /// Warnings kept.
    int size() {
        return history.size();
    }

    private void judge(Rule rule, double value, long epochMillis) {
        double threshold = rule.threshold(settings);
        Long last = lastWarned.get(rule.name());
        boolean cooling = last != null && epochMillis - last < rule.cooldownMillis(settings);
        if (value <= threshold || cooling) {
            return;
        }
        lastWarned.put(rule.name(), epochMillis);
        history.addLast(new AlertView(rule.name(), epochMillis, value, threshold, rule.message(value, threshold)));
        if (history.size() > settings.history()) {
            history.removeFirst();
        }
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : (double) part / whole;
    }

    private enum Rule {
        HIGH_CPU_USAGE("the machine's processors are busy"),
        HIGH_MEMORY_USAGE("the machine's memory is in use"),
        HIGH_HEAP_USAGE("this process's heap is in use"),
        HIGH_DISK_USAGE("the data directory's disk is full"),
        MANY_LINKS("many links are open");

        private final String words;

        Rule(String words) {
            this.words = words;
        }

        double threshold(AlertSettings settings) {
            return switch (this) {
                case HIGH_CPU_USAGE -> settings.cpuAbove();
                case HIGH_MEMORY_USAGE -> settings.memoryAbove();
                case HIGH_HEAP_USAGE -> settings.heapAbove();
                case HIGH_DISK_USAGE -> settings.diskAbove();
                case MANY_LINKS -> settings.linksAbove();
            };
        }

        long cooldownMillis(AlertSettings settings) {
            return switch (this) {
                case HIGH_CPU_USAGE -> settings.cpuCooldown().toMillis();
                case HIGH_MEMORY_USAGE -> settings.memoryCooldown().toMillis();
                case HIGH_HEAP_USAGE -> settings.heapCooldown().toMillis();
                case HIGH_DISK_USAGE -> settings.diskCooldown().toMillis();
                case MANY_LINKS -> settings.linksCooldown().toMillis();
            };
        }

        String message(double value, double threshold) {
            return this == MANY_LINKS
                    ? words + ": " + Math.round(value) + ", more than " + Math.round(threshold)
                    : words + " to " + Math.round(value * PERCENT) + " %, more than " + Math.round(threshold * PERCENT)
                            + " %";
        }
    }
}
