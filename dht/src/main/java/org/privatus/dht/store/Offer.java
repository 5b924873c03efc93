package org.privatus.dht.store;

import java.util.OptionalLong;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.message.Value;

/// A record that somebody wants held.
///
/// @param seq which of two records under one target is newer
/// @param lifetimeNanos how long the record itself is good for; it goes then, even if it is stored again and again
/// @param source address group that its quota is charged to; empty: nobody's
/// @param expected compare-and-swap, see {@link org.privatus.dht.message.DhtRequest.Store}
public record Offer(
        NodeId target, Value value, long seq, long lifetimeNanos, OptionalLong source, OptionalLong expected) {}
