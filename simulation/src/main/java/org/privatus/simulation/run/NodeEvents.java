package org.privatus.simulation.run;

import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;

/// What a scenario does to a node is an event of that node: it causes it and owns it, so that it takes place alike whatever
/// shard the node is on.
final class NodeEvents {
    private NodeEvents() {}

    /// Does something with `node` later.
    static void after(EventLoop loop, long delayNanos, int node, Runnable action) {
        if (loop.currentNode() == node) {
            loop.after(delayNanos, node, EventKind.SCENARIO, action);
        } else {
            loop.runAs(node, () -> loop.after(delayNanos, node, EventKind.SCENARIO, action));
        }
    }
}
