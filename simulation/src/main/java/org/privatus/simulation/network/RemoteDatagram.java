package org.privatus.simulation.network;

import org.privatus.crypto.identity.Endpoint;

/// A datagram on its way to a node of another shard. The receiver's loop gives it exactly this place in the order of events, so
/// it arrives there as it would have arrived on one loop.
///
/// @param timeNanos when it reaches the receiver's edge of the network
/// @param cause the node that sent it
/// @param sequence the number of this arrival among the events that `cause` caused
/// @param bytes belong to the datagram: nobody writes to them any more
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RemoteDatagram(
        long timeNanos, int cause, long sequence, int toNode, Endpoint from, Endpoint to, byte[] bytes) {}
