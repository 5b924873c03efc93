package org.privatus.simulation.shard;

import java.util.List;
import java.util.function.Consumer;

/// Where a shard meets all others at the end of each window. Belongs to one shard's thread.
public interface Exchange extends AutoCloseable {
    /// Gives away what was sent to other shards and takes what they sent; blocks until all shards have come.
    ///
    /// @param outgoing by shard; not to be touched again until the next call has returned
    /// @param incoming is called with each other shard's batch, in any order; it keeps none of them
    /// @return what all shards said, merged
    /// @throws MemberLostException if another shard will never come
    WindowEnd swap(WindowEnd mine, List<Batch> outgoing, Consumer<Batch> incoming) throws MemberLostException;

    /// Wall time that this shard has waited for others.
    long blockedNanos();

    @Override
    void close();

    /// For a shard that is the only one.
    static Exchange alone() {
        return new Exchange() {
            @Override
            public WindowEnd swap(WindowEnd mine, List<Batch> outgoing, Consumer<Batch> incoming) {
                return mine;
            }

            @Override
            public long blockedNanos() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }
}
