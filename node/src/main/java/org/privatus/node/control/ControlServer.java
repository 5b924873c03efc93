package org.privatus.node.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.privatus.node.home.DataDirectory;

/// Serves a [ControlPort] to other processes of the same user: over a Unix socket in the data directory, or, where
/// there are none or its path
/// is longer than [#MAX_SOCKET_PATH] bytes, over TCP on loopback behind a [SharedToken].
///
/// A connection carries one request after the other, each answered by one line before the next is read;
/// [ControlRequest.Follow] turns it into a
/// stream. Every connection has a virtual thread. At most [#MAX_CONNECTIONS] at once; more are closed at once, and
/// over TCP whoever has not
/// proved to hold the token within [#WELCOME_MILLIS] is too. Whoever calls [#open] holds the directory's claim.
public final class ControlServer implements AutoCloseable {
    static final int MAX_SOCKET_PATH = 100;
    static final int MAX_CONNECTIONS = 32;
    static final int MAX_STRANGERS = 8;
    static final int WELCOME_MILLIS = 3_000;
    static final int FAREWELL_MILLIS = 500;

    private final ServerSocketChannel server;
    private final ControlPort port;
    private final Path file;
    private final Optional<SharedToken> token;
    private final SecureRandom keys;
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);
    private final Semaphore strangers = new Semaphore(MAX_STRANGERS);
    private final Set<ControlConnection> open = ConcurrentHashMap.newKeySet();

    private ControlServer(
            ServerSocketChannel server, ControlPort port, Path file, Optional<SharedToken> token, SecureRandom keys) {
        this.server = server;
        this.port = port;
        this.file = file;
        this.token = token;
        this.keys = keys;
    }

    /// Listens in a data directory that the caller has claimed; what an earlier process left there is removed.
    public static ControlServer open(DataDirectory home, ControlPort port, SecureRandom keys) throws IOException {
        Files.deleteIfExists(home.controlSocket());
        Files.deleteIfExists(home.controlTcp());
        Optional<ServerSocketChannel> unix = bindUnix(home.controlSocket());
        ControlServer server = unix.isPresent()
                ? new ControlServer(unix.get(), port, home.controlSocket(), Optional.empty(), keys)
                : overTcp(home, port, keys);
        Thread.ofVirtual().name("control").start(server::accept);
        return server;
    }

    private static Optional<ServerSocketChannel> bindUnix(Path path) throws IOException {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
            return Optional.empty();
        }
        ServerSocketChannel channel;
        try {
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
        try {
            channel.bind(UnixDomainSocketAddress.of(path), MAX_CONNECTIONS);
        } catch (SocketException e) {
            // A file system without sockets, such as some of those shared with a virtual machine's host.
            channel.close();
            return Optional.empty();
        }
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
        return Optional.of(channel);
    }

    private static ControlServer overTcp(DataDirectory home, ControlPort port, SecureRandom keys) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MAX_CONNECTIONS);
        SharedToken token = SharedToken.fresh(channel.socket().getLocalPort(), keys);
        token.save(home.controlTcp());
        return new ControlServer(channel, port, home.controlTcp(), Optional.of(token), keys);
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                admit(server.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Out of descriptors, or a client that is gone already: the next may fare better.
                Thread.onSpinWait();
            }
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        LineChannel lines = token.isPresent() ? LineChannel.tcp(channel) : LineChannel.unix(channel);
        Semaphore places = token.isPresent() ? strangers : connections;
        if (!places.tryAcquire()) {
            lines.close();
            return;
        }
        Thread.ofVirtual().name("control-connection").start(() -> {
            try (lines) {
                if (token.isPresent()) {
                    welcome(lines, token.get());
                } else {
                    serve(lines, places);
                }
            } catch (IOException e) {
                // The client is gone.
            }
        });
    }

    /// Serves whoever proves to hold the token.
    private void welcome(LineChannel lines, SharedToken shared) throws IOException {
        try {
            lines.patience(WELCOME_MILLIS);
            if (!shared.welcome(lines, keys) || !connections.tryAcquire()) {
                return;
            }
        } finally {
            strangers.release();
        }
        lines.patience(0);
        serve(lines, connections);
    }

    /// Serves until the client is gone.
    ///
    /// @param place held by this connection, given back at its end
    private void serve(LineChannel lines, Semaphore place) throws IOException {
        var connection = new ControlConnection(lines, port);
        open.add(connection);
        try {
            if (server.isOpen()) {
                connection.serve();
            }
        } finally {
            open.remove(connection);
            place.release();
        }
    }

    /// Takes no more connections and removes the socket, so that the data directory can be given up; who is connected
    /// stays so.
    public void stopListening() {
        if (!server.isOpen()) {
            return;
        }
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A file that is left is removed by the next start.
        }
    }

    /// Ends everything. A reply that is being written gets [#FAREWELL_MILLIS].
    @Override
    public void close() {
        stopListening();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS);
        open.forEach(connection -> connection.close(deadline));
    }
}
