package org.privatus.node.store;

/// How an operation of a store ended.
public sealed interface StoreReply<T> {
    /// It was done; for a transaction: it is on the disk.
    record Done<T>(T value) implements StoreReply<T> {}

    /// Nothing of it was done. What the caller has in memory may be ahead of the store now: it starts again from
    /// {@link StoredState}.
    ///
    /// @param reason one line, without content
    record Failed<T>(String reason) implements StoreReply<T> {}
}
