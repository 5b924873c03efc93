package org.privatus.node.host;

import org.privatus.crypto.identity.Endpoint;

/// Takes what arrives at a [DatagramPort].
@FunctionalInterface
public interface DatagramListener {
    /// One datagram. Called on the host's event loop, one call at a time per port: must not block.
    ///
    /// @param datagram the UDP payload, to keep and not to change: in a simulation it is the sender's array, who may send it again
    void received(Endpoint from, byte[] datagram);

    /// Several at once.
    ///
    /// @param burst to keep and not to change
    default void received(DatagramBurst burst) {
        for (int i = 0; i < burst.size(); i++) {
            received(burst.sender(i), burst.datagram(i));
        }
    }
}
