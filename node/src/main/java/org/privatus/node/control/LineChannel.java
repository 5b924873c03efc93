package org.privatus.node.control;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// A connection that carries lines. One thread may read while another writes.
final class LineChannel implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    private LineChannel(SocketChannel channel, InputStream in, OutputStream out) {
        this.channel = channel;
        this.in = new BufferedInputStream(in);
        this.out = new BufferedOutputStream(out);
    }

    static LineChannel unix(SocketChannel channel) {
        return new LineChannel(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
    }

    /// Reads of a TCP connection time out, see [#patience].
    static LineChannel tcp(SocketChannel channel) throws IOException {
        return new LineChannel(
                channel, channel.socket().getInputStream(), channel.socket().getOutputStream());
    }

    /// How long a read of a TCP connection waits; 0 for ever.
    void patience(int millis) throws IOException {
        channel.socket().setSoTimeout(millis);
    }

    /// The next line without its end; empty when the other side is done. A line that is cut short by the end is
    /// dropped.
    ///
    /// @throws LineTooLongException without reading further
    Optional<byte[]> read(int maxLength) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            if (line.size() == maxLength) {
                throw new LineTooLongException();
            }
            line.write(next);
        }
        return Optional.of(line.toByteArray());
    }

    void write(byte[] line) throws IOException {
        synchronized (out) {
            out.write(line);
            out.write('\n');
            out.flush();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was left to say.
        }
    }

    static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
