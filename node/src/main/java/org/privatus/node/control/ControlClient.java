package org.privatus.node.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import org.privatus.node.control.ControlCodec.BadLineException;
import org.privatus.node.home.DataDirectory;

/// A connection to the node that runs on a data directory. For one thread.
public final class ControlClient implements AutoCloseable {
    private final LineChannel lines;

    private ControlClient(LineChannel lines) {
        this.lines = lines;
    }

    /// Empty when no node runs there.
    public static Optional<ControlClient> connect(DataDirectory home) {
        try {
            Optional<ControlClient> unix = overUnix(home.controlSocket());
            return unix.isPresent() ? unix : overTcp(home.controlTcp());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ControlClient> overUnix(Path socket) throws IOException {
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return Optional.of(new ControlClient(LineChannel.unix(channel)));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Optional<ControlClient> overTcp(Path file) throws IOException {
        Optional<SharedToken> token = SharedToken.load(file);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.connect(token.get().address());
            LineChannel lines = LineChannel.tcp(channel);
            lines.patience(ControlServer.WELCOME_MILLIS);
            if (!token.get().greet(lines, new SecureRandom())) {
                lines.close();
                return Optional.empty();
            }
            lines.patience(0);
            return Optional.of(new ControlClient(lines));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Asks and waits.
    ///
    /// @throws IOException when the node is gone, or does not speak this language
    public ControlReply ask(ControlRequest request) throws IOException {
        lines.write(ControlCodec.encode(request));
        return next().orElseThrow(() -> new IOException("the node ended before it answered"));
    }

    /// Hands over every message until the node ends or this client is closed.
    public void follow(long afterSequence, Consumer<MessageView> sink) throws IOException {
        lines.write(ControlCodec.encode(new ControlRequest.Follow(afterSequence)));
        for (Optional<ControlReply> reply = next(); reply.isPresent(); reply = next()) {
            if (!(reply.get() instanceof ControlReply.Message message)) {
                throw new IOException("the node does not send messages");
            }
            sink.accept(message.message());
        }
    }

    /// Waits until the node has closed the connection.
    public void awaitEnd() {
        try {
            while (next().isPresent()) {
                // What it still says is for nobody.
            }
        } catch (IOException e) {
            // Ended all the same.
        }
    }

    private Optional<ControlReply> next() throws IOException {
        Optional<byte[]> line = lines.read(ControlCodec.MAX_REPLY);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ControlCodec.reply(line.get()));
        } catch (BadLineException e) {
            throw new IOException("the node speaks another version of the control language: restart it", e);
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
