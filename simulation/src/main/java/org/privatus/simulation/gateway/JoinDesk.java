package org.privatus.simulation.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;

/// Tells whoever connects over TCP by whom to join: one line, the join address of a simulated node, and the connection is
/// closed. Nothing is read from it.
final class JoinDesk implements AutoCloseable {
    private static final int WAITING_MAX = 16;

    private final ServerSocket socket;
    private final Supplier<String> joinAddress;
    private final Thread desk = new Thread(this::serve, "gateway-join");

    private JoinDesk(ServerSocket socket, Supplier<String> joinAddress) {
        this.socket = socket;
        this.joinAddress = joinAddress;
        desk.setDaemon(true);
    }

    /// Listens on loopback; the answers begin with [#open].
    ///
    /// @throws BindFailedException when the port is taken
    static ServerSocket listen(Endpoint local) throws BindFailedException {
        try {
            var socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(local.toInetSocketAddress(), WAITING_MAX);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BindFailedException(local, "cannot open TCP " + local + " (" + e.getMessage() + ")");
        }
    }

    /// @param socket closed with the desk
    /// @param joinAddress called on the desk's thread
    static JoinDesk open(ServerSocket socket, Supplier<String> joinAddress) {
        var desk = new JoinDesk(socket, joinAddress);
        desk.desk.start();
        return desk;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                caller.getOutputStream().write((joinAddress.get() + "\n").getBytes(StandardCharsets.US_ASCII));
                caller.shutdownOutput();
            } catch (IOException e) {
                // one caller less, or the end of the desk
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            desk.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
