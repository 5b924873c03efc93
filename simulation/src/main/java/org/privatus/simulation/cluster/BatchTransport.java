package org.privatus.simulation.cluster;

import org.agrona.DirectBuffer;

/// Carries chunks between shards: whole, once, and in order for each pair. Belongs to the shard's thread.
interface BatchTransport extends AutoCloseable {
    /// Longest chunk.
    int CHUNK_BYTES_MAX = 128 * 1024;

    /// Sends a chunk; false when there is no room now. Who waits for room must go on polling: the other may be waiting too.
    boolean offer(int toShard, DirectBuffer chunk, int length);

    /// Hands over what has come, a bounded number of chunks; 0 when there is nothing.
    int poll(ChunkHandler handler);

    /// Waits a moment for something to come. To be called when polling found nothing.
    ///
    /// @param inVain how many times in a row
    void await(int inVain);

    @Override
    void close();

    /// Takes a chunk; the buffer is valid during the call.
    @FunctionalInterface
    interface ChunkHandler {
        void chunk(DirectBuffer buffer, int offset, int length);
    }
}
