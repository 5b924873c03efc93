package org.privatus.node.host;

import org.privatus.crypto.identity.Endpoint;

/// UDP as a node sees it.
public interface Datagrams {
    /// Opens a port. Port 0 lets the host choose; [DatagramPort#local()] tells what became of it.
    ///
    /// @param listener gets every datagram until the port is closed, see [DatagramListener] for the thread
    /// @throws BindFailedException with a message for the user when the endpoint is taken or is not ours
    DatagramPort bind(Endpoint local, DatagramListener listener) throws BindFailedException;
}
