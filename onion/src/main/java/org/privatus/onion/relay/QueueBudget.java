package org.privatus.onion.relay;

/// Counts the cells that wait anywhere in the relay.
final class QueueBudget {
    private final int max;
    private int used;

    QueueBudget(int max) {
        this.max = max;
    }

    void take(int cells) {
        used += cells;
    }

    void release(int cells) {
        used -= cells;
    }

    int used() {
        return used;
    }

    boolean isExceeded() {
        return used > max;
    }

    /// Whether less than an eighth is free.
    boolean isTight() {
        return used > max - max / 8;
    }
}
