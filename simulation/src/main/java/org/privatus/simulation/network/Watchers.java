package org.privatus.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.privatus.crypto.identity.Endpoint;

/// Who looks at the datagrams of one shard, and what tests let be dropped. The network asks [#isWatching] first, so that nobody
/// costs nothing.
final class Watchers {
    private final List<WireTap> taps = new ArrayList<>();
    private final List<DropRule> rules = new ArrayList<>();
    private final Int2ObjectHashMap<NodeTap> nodeTaps = new Int2ObjectHashMap<>();
    private boolean watching;

    boolean isWatching() {
        return watching;
    }

    void addTap(WireTap tap) {
        taps.add(tap);
        watching = true;
    }

    void addTap(int node, NodeTap tap) {
        if (nodeTaps.putIfAbsent(node, tap) != null) {
            throw new IllegalStateException("node " + node + " is tapped already");
        }
        watching = true;
    }

    void addRule(DropRule rule) {
        rules.add(rule);
        watching = true;
    }

    void remove(DropRule rule) {
        rules.remove(rule);
        look();
    }

    void removeRules() {
        rules.clear();
        look();
    }

    private void look() {
        watching = !taps.isEmpty() || !rules.isEmpty() || !nodeTaps.isEmpty();
    }

    /// Shows a datagram that is being sent; whether a rule drops it.
    boolean drop(long nowNanos, int fromNode, int toNode, Endpoint from, Endpoint to, byte[] bytes) {
        NodeTap own = nodeTaps.get(fromNode);
        if (own != null) {
            own.passed(nowNanos, true, from, to, bytes);
        }
        if (taps.isEmpty() && rules.isEmpty()) {
            return false;
        }
        var transit = new Transit(nowNanos, fromNode, toNode, from, to, bytes);
        for (WireTap tap : taps) {
            tap.sent(transit);
        }
        boolean dropped = false;
        for (DropRule rule : rules) {
            dropped |= rule.drops(transit);
        }
        return dropped;
    }

    /// Shows a datagram that came to a node.
    void arrived(int node, long nowNanos, Endpoint from, Endpoint to, byte[] bytes) {
        NodeTap own = nodeTaps.get(node);
        if (own != null) {
            own.passed(nowNanos, false, from, to, bytes);
        }
    }
}
