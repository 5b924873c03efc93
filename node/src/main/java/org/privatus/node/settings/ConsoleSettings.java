package org.privatus.node.settings;

import java.time.Duration;

/// HTTP on loopback. Keys below `privatus.node.console`.
///
/// @param port the one to try first
/// @param alerts when to warn
public record ConsoleSettings(boolean enabled, int port, AlertSettings alerts) {
    public ConsoleSettings {
        Bounds.within("node.console.port", port, 1, 0xffff);
    }

    /// When to warn. Keys below `privatus.node.console.alerts`; shares from 0 to 1.
    ///
    /// @param cpuCooldown an alert of a rule is not repeated sooner
    /// @param history alerts kept
    /// @param recent alerts shown
    public record AlertSettings(
            double cpuAbove,
            Duration cpuCooldown,
            double memoryAbove,
            Duration memoryCooldown,
            double diskAbove,
            Duration diskCooldown,
            int linksAbove,
            Duration linksCooldown,
            double heapAbove,
            Duration heapCooldown,
            int history,
            int recent) {
        private static final Duration SHORTEST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofDays(1);

        public AlertSettings {
            Bounds.share("node.console.alerts.cpu-above", cpuAbove);
            Bounds.share("node.console.alerts.memory-above", memoryAbove);
            Bounds.share("node.console.alerts.disk-above", diskAbove);
            Bounds.share("node.console.alerts.heap-above", heapAbove);
            Bounds.within("node.console.alerts.links-above", linksAbove, 1, 1_000_000);
            Bounds.within("node.console.alerts.cpu-cooldown", cpuCooldown, SHORTEST, LONGEST);
            Bounds.within("node.console.alerts.memory-cooldown", memoryCooldown, SHORTEST, LONGEST);
            Bounds.within("node.console.alerts.disk-cooldown", diskCooldown, SHORTEST, LONGEST);
            Bounds.within("node.console.alerts.links-cooldown", linksCooldown, SHORTEST, LONGEST);
            Bounds.within("node.console.alerts.heap-cooldown", heapCooldown, SHORTEST, LONGEST);
            Bounds.within("node.console.alerts.history", history, 1, 100_000);
            Bounds.within("node.console.alerts.recent", recent, 1, history);
        }
    }
}
