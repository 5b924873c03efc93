package org.privatus.simulation.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.function.LongSupplier;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.terminal.UserError;

/// All that a gateway listens on: a UDP socket for each number of its network, simulated or kept for a real node, and one of TCP
/// for those who ask whom to join.
///
/// @param plan which socket is whose
record Doors(LoopbackAddresses plan, GatewaySockets sockets, ServerSocket desk) implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    /// Opens everything or nothing. Where the system has no addresses on loopback but one, nodes get ports of their own.
    ///
    /// @param at of the first node; with port 0 one is chosen that is free at all addresses
    /// @throws UserError when a port is taken
    static Doors open(Endpoint at, int numbers, Inbox inbox, LongSupplier wallNanos) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return openOnce(at, numbers, inbox, wallNanos);
            } catch (BindFailedException e) {
                if (at.port() != 0 || attempt == ATTEMPTS) {
                    throw UserError.runtime(e.getMessage() + ": choose another port for --gateway");
                }
            }
        }
    }

    private static Doors openOnce(Endpoint at, int numbers, Inbox inbox, LongSupplier wallNanos) throws IOException {
        ServerSocket desk = JoinDesk.listen(at);
        var sockets = new GatewaySockets(inbox, wallNanos);
        try {
            var plan = plan(at.withPort(desk.getLocalPort()), numbers);
            for (int number = 0; number < numbers; number++) {
                sockets.open(plan.endpoint(number));
            }
            return new Doors(plan, sockets, desk);
        } catch (IOException | RuntimeException e) {
            desk.close();
            sockets.close();
            throw e;
        }
    }

    private static LoopbackAddresses plan(Endpoint at, int numbers) {
        var perNode = new LoopbackAddresses(at, true);
        var plan = perNode.nodesMax() == 1 || isOurs(perNode.endpoint(1)) ? perNode : new LoopbackAddresses(at, false);
        if (numbers > plan.nodesMax()) {
            throw UserError.usage("--gateway is " + at + ", above which there is no room for " + numbers
                    + " nodes: choose a lower address or port");
        }
        return plan;
    }

    private static boolean isOurs(Endpoint endpoint) {
        try (var _ = new DatagramSocket(endpoint.withPort(0).toInetSocketAddress())) {
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            desk.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.close();
    }
}
