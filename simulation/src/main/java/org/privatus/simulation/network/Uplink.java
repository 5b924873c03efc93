package org.privatus.simulation.network;

/// Where a shard's network leaves what it cannot deliver itself.
@FunctionalInterface
public interface Uplink {
    /// For networks whose nodes are all on one loop.
    Uplink NONE = datagram -> {
        throw new IllegalStateException("node " + datagram.toNode() + " is on no other shard");
    };

    void toOtherShard(RemoteDatagram datagram);
}
