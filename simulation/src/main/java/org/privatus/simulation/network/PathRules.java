package org.privatus.simulation.network;

import java.util.List;

/// The rules of a model as the senders of one shard apply them.
final class PathRules {
    private final PathRule[] rules;

    PathRules(List<PathRule> rules) {
        this.rules = rules.toArray(PathRule[]::new);
    }

    boolean leavesToChance() {
        for (PathRule rule : rules) {
            if (rule instanceof PathRule.Loss) {
                return true;
            }
        }
        return false;
    }

    /// Whether a datagram that is sent now is lost by a rule.
    ///
    /// @param chances turned to this datagram
    boolean loses(int from, int to, long nowNanos, Chances chances) {
        boolean lost = false;
        for (int i = 0; i < rules.length && !lost; i++) {
            if (rules[i].holdsAt(nowNanos)) {
                lost = switch (rules[i]) {
                    case PathRule.Partition cut ->
                        cut.side().test(from) != cut.side().test(to);
                    case PathRule.Loss loss ->
                        loss.from().test(from) && loss.to().test(to) && chances.rule(i) < loss.share();
                    case PathRule.Slow _ -> false;
                };
            }
        }
        return lost;
    }

    /// What rules add to the latency of a datagram that is sent now.
    long delayNanos(int from, long nowNanos) {
        long delay = 0;
        for (PathRule rule : rules) {
            if (rule instanceof PathRule.Slow slow
                    && slow.holdsAt(nowNanos)
                    && slow.nodes().test(from)) {
                delay += slow.delayNanos();
            }
        }
        return delay;
    }
}
