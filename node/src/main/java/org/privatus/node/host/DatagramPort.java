package org.privatus.node.host;

import org.privatus.crypto.identity.Endpoint;

/// An open UDP port. May be used from any thread.
public interface DatagramPort extends AutoCloseable {
    /// What was bound; the port number is never 0. The address may be a wildcard.
    Endpoint local();

    /// Hands a datagram to the network; lost, like any datagram, when the port is closed or the network cannot take it.
    ///
    /// @param datagram must not be modified from now on, by anybody; it may be sent again
    /// @param length how many bytes from the start of `datagram` are sent
    void send(Endpoint to, byte[] datagram, int length);

    /// Ends delivery. Closing twice does nothing.
    @Override
    void close();
}
