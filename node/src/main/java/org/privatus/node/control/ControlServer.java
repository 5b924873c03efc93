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
import org.privatus.node.home.DataDirectory;

/// Serves a [ControlPort] to other processes of the same user: over a Unix socket in the data directory, or, where there are none or its path
/// is longer than [#MAX_SOCKET_PATH] bytes, over TCP on loopback behind a [SharedToken].
///
/// A connection carries one request after the other, each answered by one line before the next is read; [ControlRequest.Follow] turns it into a
/// stream. Every connection has a virtual thread. At most [#MAX_CONNECTIONS] at once; more are closed at once, and over TCP whoever has not
/// proved to hold the token within [#WELCOME_MILLIS] is too. Whoever calls [#open] holds the directory's claim.
public final class ControlServer implements AutoCloseable {
    static final int MAX_SOCKET_PATH = 100;
    static final int MAX_CONNECTIONS = 32;
    static final int MAX_STRANGERS = 8;
    static final int WELCOME_MILLIS = 3_000;

    private final ServerSocketChannel server;
    private final ControlPort port;
    private final Path file;
    private final Optional<SharedToken> token;
    private final SecureRandom keys;
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);
    private final Semaphore strangers = new Semaphore(MAX_STRANGERS);
    private final Set<LineChannel> open = ConcurrentHashMap.newKeySet();

    private ControlServer(
            ServerSocketChannel server,
            ControlPort port,
            Path file,
            Optional<SharedToken> token,
            SecureRandom keys) {
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
        open.add(lines);
        Thread.ofVirtual().name("control-connection").start(() -> {
            try (lines) {
                converse(lines, places);
            } catch (IOException e) {
                // The client is gone.
            } finally {
                open.remove(lines);
            }
        });
        if (!server.isOpen()) {
            lines.close();
        }
    }

    /// @param place that this connection holds; given back when it is known to be no stranger's, or at its end
    private void converse(LineChannel lines, Semaphore place) throws IOException {
        if (token.isEmpty()) {
            try {
                new ControlConnection(lines, port).serve();
            } finally {
                place.release();
            }
            return;
        }
        try {
            lines.patience(WELCOME_MILLIS);
            if (!token.get().welcome(lines, keys) || !connections.tryAcquire()) {
                return;
            }
            lines.patience(0);
        } finally {
            place.release();
        }
        try {
            new ControlConnection(lines, port).serve();
        } finally {
            connections.release();
        }
    }

    /// Ends all connections and removes the socket.
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A file that is left is removed by the next start.
        }
        open.forEach(LineChannel::close);
    }
}
