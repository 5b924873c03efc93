package org.privatus.simulation.bench.tor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.work.Answerer;

/// Answers work on TCP connections: what an exit and an onion service talk to.
final class AnsweringServer {
    private static final int BUFFER = 65_536;
    private static final int BACKLOG = 64;

    private final ServerSocket socket;

    AnsweringServer(Cleanup cleanup) throws IOException {
        socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        cleanup.add(socket::close);
        Thread.ofPlatform().daemon().name("bench-answers").start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            acceptOne();
        }
    }

    private void acceptOne() {
        try {
            Socket accepted = socket.accept();
            accepted.setTcpNoDelay(true);
            Thread.ofPlatform().daemon().name("bench-answer").start(() -> answer(accepted));
        } catch (IOException e) {
            // The server was closed, or one connection went before it was answered.
            return;
        }
    }

    private static void answer(Socket accepted) {
        var answerer = new Answerer();
        var buffer = new byte[BUFFER];
        try (accepted;
                InputStream in = accepted.getInputStream();
                OutputStream out = accepted.getOutputStream()) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                answerer.received(buffer, 0, count);
                for (byte[] bytes = answerer.next(BUFFER); bytes.length > 0; bytes = answerer.next(BUFFER)) {
                    out.write(bytes);
                }
            }
        } catch (IOException e) {
            // The other side went away: so does this one.
            return;
        }
    }
}
