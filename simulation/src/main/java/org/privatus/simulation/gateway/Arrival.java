package org.privatus.simulation.gateway;

import org.privatus.crypto.identity.Endpoint;

/// A datagram from outside.
///
/// @param wallNanos when it came, since the run began
/// @param at the socket that took it
/// @param from the real endpoint of its sender
@SuppressWarnings("ArrayRecordComponent") // never compared, and handed on
record Arrival(long wallNanos, Endpoint at, Endpoint from, byte[] bytes) {}
