package org.privatus.node.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.SocketReport;

/// A bound socket. What is sent is gathered until {@link #flush()}, so that several trains share a system call.
final class NettyPort implements DatagramPort {
    private static final int SEND_QUEUE_BYTES_MAX = 4 << 20;

    /// A power of two.
    private static final int KNOWN_ADDRESSES = 64;

    private final Channel channel;
    private final Endpoint local;
    private final Served served;
    private final LongAdder dropped = new LongAdder();
    private final @Nullable Known[] known = new @Nullable Known[KNOWN_ADDRESSES];

    /// How the sockets of a process are served.
    ///
    /// @param trains whether the kernel cuts trains
    /// @param askedBytes of buffer, each
    record Served(String transport, boolean trains, int askedBytes) {}

    private record Known(Endpoint endpoint, InetSocketAddress address) {}

    NettyPort(Channel channel, Endpoint local, Served served) {
        this.channel = channel;
        this.local = local;
        this.served = served;
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(SEND_QUEUE_BYTES_MAX / 2, SEND_QUEUE_BYTES_MAX));
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public Optional<SocketReport> report() {
        return Optional.of(new SocketReport(
                served.transport(),
                served.askedBytes(),
                granted(ChannelOption.SO_RCVBUF),
                granted(ChannelOption.SO_SNDBUF),
                dropped.sum()));
    }

    /// Linux reports twice of what it grants (socket(7)), which Java's own channels take back and epoll's do not.
    private int granted(ChannelOption<Integer> direction) {
        Integer reported = channel.config().getOption(direction);
        if (reported == null) {
            return 0;
        }
        return channel instanceof EpollDatagramChannel ? reported / 2 : reported;
    }

    @Override
    public void send(Endpoint to, byte[] datagram, int length) {
        write(to, datagram, 0, length, length);
    }

    @Override
    public void sendTrain(Endpoint to, byte[] train, int length, int segment) {
        if (served.trains()) {
            write(to, train, 0, length, segment);
            return;
        }
        for (int at = 0; at < length; at += segment) {
            int part = Math.min(segment, length - at);
            write(to, train, at, part, part);
        }
    }

    private void write(Endpoint to, byte[] bytes, int offset, int length, int segment) {
        if (!channel.isWritable()) {
            dropped.add((length + segment - 1) / segment);
            return;
        }
        ByteBuf buffer = channel.alloc().directBuffer(length).writeBytes(bytes, offset, length);
        InetSocketAddress address = address(to);
        var _ = channel.write(
                length > segment
                        ? new SegmentedDatagramPacket(buffer, segment, address)
                        : new DatagramPacket(buffer, address),
                channel.voidPromise());
    }

    /// Entries are immutable: a race loses one at most.
    private InetSocketAddress address(Endpoint to) {
        int slot = to.hashCode() & (KNOWN_ADDRESSES - 1);
        Known entry = known[slot];
        if (entry == null || !entry.endpoint.equals(to)) {
            entry = new Known(to, to.toInetSocketAddress());
            known[slot] = entry;
        }
        return entry.address;
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}
