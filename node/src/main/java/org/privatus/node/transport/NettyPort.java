package org.privatus.node.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.DatagramPort;

/// A bound socket. What is sent is gathered until {@link #flush()}, so that several trains share a system call.
final class NettyPort implements DatagramPort {
    private static final int SEND_QUEUE_BYTES_MAX = 4 << 20;

    /// A power of two.
    private static final int KNOWN_ADDRESSES = 64;

    private final Channel channel;
    private final Endpoint local;
    private final boolean trains;
    private final LongAdder dropped;
    private final @Nullable Known[] known = new @Nullable Known[KNOWN_ADDRESSES];

    private record Known(Endpoint endpoint, InetSocketAddress address) {}

    NettyPort(Channel channel, Endpoint local, boolean trains, LongAdder dropped) {
        this.channel = channel;
        this.local = local;
        this.trains = trains;
        this.dropped = dropped;
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(SEND_QUEUE_BYTES_MAX / 2, SEND_QUEUE_BYTES_MAX));
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public int receiveBufferBytes() {
        Integer granted = channel.config().getOption(ChannelOption.SO_RCVBUF);
        return granted == null ? 0 : granted;
    }

    @Override
    public void send(Endpoint to, byte[] datagram, int length) {
        write(to, datagram, 0, length, length);
    }

    @Override
    public void sendTrain(Endpoint to, byte[] train, int length, int segment) {
        if (trains) {
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
