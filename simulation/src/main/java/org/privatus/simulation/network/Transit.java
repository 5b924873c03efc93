package org.privatus.simulation.network;

import org.privatus.crypto.identity.Endpoint;

/// A datagram on its way, as a test may look at it. The bytes are the datagram's own, to be read during the call:
/// they belong to the receiver afterwards.
///
/// @param toNode the receiving node, or -1 when nobody has that address
@SuppressWarnings("ArrayRecordComponent") // never compared, and short-lived
public record Transit(long timeNanos, int fromNode, int toNode, Endpoint from, Endpoint to, byte[] bytes) {}
