package org.privatus.node.link.core;

/// What cells are for, the most urgent first: {@link Shaper} lets them leave in this order. Only the sender knows it; nothing of it travels.
public enum TrafficClass {
    /// What people write to each other, and everything that keeps circuits alive.
    MESSAGES,
    /// Cells of others' circuits.
    RELAYED,
    /// Files of the node's own people.
    FILES,
    /// Whatever nobody waits for.
    BACKGROUND
}
