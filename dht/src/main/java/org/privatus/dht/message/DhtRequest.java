package org.privatus.dht.message;

import java.util.OptionalLong;
import org.privatus.crypto.identity.NodeId;

/// What a node is asked. All but {@link Store} change nothing and may be sent twice, so they may ride in a link's first message.
public sealed interface DhtRequest {
    /// Are you there?
    record Ping() implements DhtRequest {}

    /// Which nodes do you know that are nearest to `target`?
    record FindNode(NodeId target) implements DhtRequest {}

    /// What do you hold under `target`, or else who is nearer?
    record FindValue(NodeId target) implements DhtRequest {}

    /// Hold this. Only heard on a finished link.
    ///
    /// @param expected compare-and-swap: store only while what is held has this `seq`, or nothing is held
    record Store(Value value, OptionalLong expected) implements DhtRequest {}
}
