package org.privatus.node.host;

import java.util.Arrays;
import java.util.Optional;
import org.privatus.crypto.identity.Endpoint;

/// An open UDP port. May be used from any thread.
public interface DatagramPort extends AutoCloseable {
    /// What was bound; the port number is never 0. The address may be a wildcard.
    Endpoint local();

    /// What the kernel granted; empty where there is none.
    default Optional<SocketReport> report() {
        return Optional.empty();
    }

    /// Hands a datagram to the network; lost, like any datagram, when the port is closed or the network cannot take it.
    ///
    /// @param datagram must not be modified from now on, by anybody; it may be sent again
    /// @param length how many bytes from the start of `datagram` are sent
    void send(Endpoint to, byte[] datagram, int length);

    /// Hands datagrams to the network that go to one place and lie one after the other in `train`: all of `segment` bytes but the last, which may be shorter.
    /// Those that belong together leave with one system call where the host can.
    ///
    /// @param train the caller's again when the call returns
    /// @param length of all of them together, at most 65,000
    default void sendTrain(Endpoint to, byte[] train, int length, int segment) {
        for (int at = 0; at < length; at += segment) {
            byte[] datagram = Arrays.copyOfRange(train, at, Math.min(at + segment, length));
            send(to, datagram, datagram.length);
        }
    }

    /// Nothing more is to be sent for now: what was handed over and has not left yet leaves.
    default void flush() {}

    /// Ends delivery. Closing twice does nothing.
    @Override
    void close();
}
