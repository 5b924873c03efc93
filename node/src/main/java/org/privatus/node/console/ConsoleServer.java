package org.privatus.node.console;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.privatus.node.control.ControlPort;
import org.privatus.node.settings.ConsoleSettings;

/// The console's HTTP server: 127.0.0.1 alone, [#THREADS] threads, [#WAITING] requests that wait, small requests,
/// short answers.
///
/// `POST /api/session` with `{"code":"…"}` gives `{"bearer":"…"}`; `GET /api/metrics` and `GET /api/alerts` want
/// `Authorization: Bearer …`. The code stands in the fragment of [#link], which browsers do not send. See
/// [ConsoleHandler] for what is refused.
public final class ConsoleServer implements AutoCloseable {
    static final int THREADS = 4;
    static final int WAITING = 64;
    private static final int NEIGHBOURS = 20;

    private final HttpServer server;
    private final ExecutorService workers;
    private final Sessions sessions;

    private ConsoleServer(HttpServer server, ExecutorService workers, Sessions sessions) {
        this.server = server;
        this.workers = workers;
        this.sessions = sessions;
    }

    /// Takes the port of the settings, else one of the next, else any; empty when there is none.
    public static Optional<ConsoleServer> open(
            ConsoleSettings settings, ControlPort node, SecureRandom keys, LongSupplier epochMillis) {
        Optional<HttpServer> bound = bind(settings.port());
        return bound.map(server -> {
            var sessions = new Sessions(keys);
            var handler = new ConsoleHandler(
                    server.getAddress().getPort(), sessions, new AlertBook(settings.alerts()), node, epochMillis);
            ExecutorService workers = workers();
            server.createContext("/", handler);
            server.setExecutor(workers);
            server.start();
            return new ConsoleServer(server, workers, sessions);
        });
    }

    private static Optional<HttpServer> bind(int first) {
        for (int port = first; port <= Math.min(first + NEIGHBOURS, 0xffff); port++) {
            Optional<HttpServer> server = tryBind(port);
            if (server.isPresent()) {
                return server;
            }
        }
        return tryBind(0);
    }

    private static Optional<HttpServer> tryBind(int port) {
        try {
            return Optional.of(HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), WAITING));
        } catch (BindException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ExecutorService workers() {
        return new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("console-", 1).daemon().factory(),
                new ThreadPoolExecutor.AbortPolicy());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// For the browser; works once.
    public String link() {
        return "http://127.0.0.1:" + port() + "/#" + sessions.code();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
