package org.privatus.node.host;

import org.privatus.crypto.identity.Endpoint;

/// Takes what arrives at a [DatagramPort].
@FunctionalInterface
public interface DatagramListener {
    /// One datagram. Called on the host's event loop, one call at a time per port: must not block.
    ///
    /// @param buffer belongs to the host and is valid only during the call: copy what is kept
    void received(Endpoint from, byte[] buffer, int offset, int length);
}
