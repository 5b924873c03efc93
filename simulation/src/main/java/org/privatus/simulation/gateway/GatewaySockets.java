package org.privatus.simulation.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;

/// The UDP sockets of a gateway, one per simulated endpoint, all read by one thread that fills the [Inbox].
///
/// Sockets are opened and written to by the loop's thread. Nothing blocks: what the kernel does not take at once is lost and
/// counted, as on any network.
final class GatewaySockets implements AutoCloseable {
    /// Longer than any datagram of Privatus.
    static final int DATAGRAM_BYTES_MAX = 1500;

    /// Simulated nodes, joined ones, and ports that NAT boxes open.
    static final int SOCKETS_MAX = 4096;

    private static final int BUFFER_BYTES = 1 << 18;

    private final Inbox inbox;
    private final LongSupplier wallNanos;
    private final Selector selector;
    private final Map<Endpoint, DatagramChannel> channels = new ConcurrentHashMap<>();
    private final Thread reader = new Thread(this::readAll, "gateway-sockets");
    private final LongAdder received = new LongAdder();
    private final LongAdder tooLong = new LongAdder();
    private long sent;
    private long unsent;

    /// @param wallNanos when datagrams came, by this clock
    GatewaySockets(Inbox inbox, LongSupplier wallNanos) throws IOException {
        this.inbox = inbox;
        this.wallNanos = wallNanos;
        this.selector = Selector.open();
        reader.setDaemon(true);
        reader.start();
    }

    /// Opens a socket; port 0 takes any that is free.
    ///
    /// @return what was opened
    /// @throws BindFailedException when it is taken or is no address of this machine
    @SuppressWarnings("MustBeClosedChecker") // closed in close()
    Endpoint open(Endpoint local) throws BindFailedException {
        if (channels.size() >= SOCKETS_MAX) {
            throw new BindFailedException(local, "more than " + SOCKETS_MAX + " sockets");
        }
        try {
            DatagramChannel channel = DatagramChannel.open();
            try {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
                channel.bind(local.toInetSocketAddress());
                Endpoint bound = Endpoint.of((InetSocketAddress) channel.getLocalAddress());
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, bound);
                selector.wakeup();
                channels.put(bound, channel);
                return bound;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BindFailedException(local, "cannot open UDP " + local + " (" + e.getMessage() + ")");
        }
    }

    boolean isOpen(Endpoint local) {
        return channels.containsKey(local);
    }

    /// Sends from one of the sockets; from the loop's thread.
    void send(Endpoint from, Endpoint to, byte[] datagram) {
        DatagramChannel channel = channels.get(from);
        try {
            if (channel != null && channel.send(ByteBuffer.wrap(datagram), to.toInetSocketAddress()) > 0) {
                sent++;
            } else {
                unsent++;
            }
        } catch (IOException e) {
            // nobody listens there any more, or the kernel has no room
            unsent++;
        }
    }

    long received() {
        return received.sum();
    }

    long tooLong() {
        return tooLong.sum();
    }

    /// For the loop's thread.
    long sent() {
        return sent;
    }

    /// Datagrams that the kernel did not take, or for which there was no socket; for the loop's thread.
    long unsent() {
        return unsent;
    }

    private void readAll() {
        var buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX + 1);
        try {
            while (selector.isOpen()) {
                selector.select(key -> read(key, buffer));
            }
        } catch (ClosedSelectorException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
        var channel = (DatagramChannel) key.channel();
        var at = (Endpoint) key.attachment();
        try {
            var from = (InetSocketAddress) channel.receive(buffer.clear());
            while (from != null) {
                take(at, Endpoint.of(from), buffer.flip());
                from = (InetSocketAddress) channel.receive(buffer.clear());
            }
        } catch (IOException e) {
            // an ICMP error of an earlier send, or the socket was closed: nothing to read now
            return;
        }
    }

    private void take(Endpoint at, Endpoint from, ByteBuffer datagram) {
        received.increment();
        if (datagram.remaining() > DATAGRAM_BYTES_MAX) {
            tooLong.increment();
            return;
        }
        var bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        inbox.offer(new Arrival(wallNanos.getAsLong(), at, from, bytes));
    }

    /// Closes all sockets and ends the reading thread.
    @Override
    public void close() {
        try {
            selector.close();
            for (DatagramChannel channel : channels.values()) {
                channel.close();
            }
            reader.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
