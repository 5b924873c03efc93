package org.privatus.simulation.bench.tor;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Task;
import org.privatus.simulation.bench.work.Work;

/// A connection through a SOCKS5 port (RFC 1928), with a name of its own (RFC 1929), which tor takes as a wish for a circuit of its own.
final class SocksStream implements Closeable {
    private static final int BUFFER = 65_536;
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int VERSION = 5;
    private static final int BY_NAME = 2;
    private static final int CONNECT = 1;
    private static final int DOMAIN = 3;
    private static final int IPV4_AND_PORT = 6;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private SocksStream(int socksPort) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), socksPort);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /// Asks for a connection; [#awaitConnected] says when it is there.
    ///
    /// @param name streams of different names share no circuit
    static SocksStream request(int socksPort, String name, String host, int port) throws IOException {
        var stream = new SocksStream(socksPort);
        stream.out.write(new byte[] {VERSION, 1, BY_NAME});
        stream.expect(VERSION, BY_NAME);
        byte[] user = name.getBytes(StandardCharsets.US_ASCII);
        stream.out.write(ByteBuffer.allocate(4 + user.length)
                .put((byte) 1)
                .put((byte) user.length)
                .put(user)
                .put((byte) 1)
                .put((byte) '-')
                .array());
        stream.expect(1, 0);
        byte[] target = host.getBytes(StandardCharsets.US_ASCII);
        stream.out.write(ByteBuffer.allocate(7 + target.length)
                .put((byte) VERSION)
                .put((byte) CONNECT)
                .put((byte) 0)
                .put((byte) DOMAIN)
                .put((byte) target.length)
                .put(target)
                .putShort((short) port)
                .array());
        return stream;
    }

    private void expect(int first, int second) throws IOException {
        int a = in.read();
        int b = in.read();
        if (a != first || b != second) {
            socket.close();
            throw new IOException("SOCKS answered " + a + " " + b);
        }
    }

    /// @throws IOException if it was refused
    SocksStream awaitConnected() throws IOException {
        expect(VERSION, 0);
        var rest = new byte[2 + IPV4_AND_PORT];
        new DataInputStream(in).readFully(rest);
        return this;
    }

    Outcome run(Work work) {
        var task = new Task(work);
        var buffer = new byte[BUFFER];
        try {
            while (true) {
                for (byte[] bytes = task.next(BUFFER, System.nanoTime());
                        bytes.length > 0;
                        bytes = task.next(BUFFER, System.nanoTime())) {
                    out.write(bytes);
                }
                if (task.isDone()) {
                    return task.outcome();
                }
                int count = in.read(buffer);
                if (count < 0) {
                    throw UserError.runtime("tor closed a stream during the work");
                }
                task.received(count, System.nanoTime());
            }
        } catch (IOException e) {
            throw UserError.runtime("a stream through tor broke: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
