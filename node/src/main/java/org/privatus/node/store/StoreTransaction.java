package org.privatus.node.store;

import java.util.List;

/// Changes that happen together or not at all, in this order.
public record StoreTransaction(List<StoreChange> changes) {
    public StoreTransaction {
        changes = List.copyOf(changes);
    }

    public static StoreTransaction of(StoreChange... changes) {
        return new StoreTransaction(List.of(changes));
    }
}
