package org.privatus.simulation.network;

import org.privatus.crypto.identity.Endpoint;

/// Sees every datagram of one node, as a capture on its network interface would: outward ones before its NAT box, inward ones behind
/// it, whether or not a port takes them. Called in the node's step; must only look.
@FunctionalInterface
public interface NodeTap {
    /// One datagram, at the moment at which it passes.
    ///
    /// @param outward whether the node sent it
    /// @param bytes to be read during the call
    void passed(long timeNanos, boolean outward, Endpoint from, Endpoint to, byte[] bytes);
}
