package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.List;
import org.privatus.node.store.StoreChange;

/// One turn of a conversation, from what was gathered for it to its commit: the changes that make its transaction, and what
/// is let out after it.
final class Turn {
    final ExchangeJob job;

    /// Texts that no store knows yet.
    final List<Outgoing> fresh;

    final List<StoreChange> changes;
    final List<Arrived> acknowledged = new ArrayList<>();

    /// Whether this is the first that a stranger wrote.
    boolean request;

    /// A text of ours that was acknowledged, and where.
    record Arrived(Outgoing text, Line line) {}

    Turn(ExchangeJob job, List<Outgoing> fresh, List<StoreChange> changes) {
        this.job = job;
        this.fresh = fresh;
        this.changes = changes;
    }

    boolean isEmpty() {
        return !job.hasWork() && fresh.isEmpty() && changes.isEmpty();
    }
}
