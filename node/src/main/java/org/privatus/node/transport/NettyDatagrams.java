package org.privatus.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.Datagrams;

/// The sockets of one process: one event loop that reads for every node of the process.
///
/// On Linux up to 32 datagrams are read by one system call (`recvmmsg`). Limits: a datagram longer than 2,048 bytes is cut
/// and so fails authentication; a socket whose send queue is full drops what is sent, as UDP may.
public final class NettyDatagrams implements Datagrams, AutoCloseable {
    /// Longest datagram that arrives whole; links send at most 1,232 bytes until they have probed more.
    static final int DATAGRAM_BYTES_MAX = 2048;

    private static final int DATAGRAMS_PER_READ = 32;
    private static final int SOCKET_BUFFER_BYTES = 8 << 20;
    private static final int SEND_QUEUE_BYTES_MAX = 4 << 20;

    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("privatus-io", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final LongAdder dropped = new LongAdder();

    /// How the sockets are served: `epoll` or `nio`.
    public String transport() {
        return epoll ? "epoll" : "nio";
    }

    /// Datagrams that were not sent because the socket's queue was full.
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public DatagramPort bind(Endpoint local, DatagramListener listener) throws BindFailedException {
        var bound = bootstrap(listener).bind(local.toInetSocketAddress()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new BindFailedException(local, "cannot open UDP " + local + " (" + reason(bound.cause()) + ")");
        }
        return new Port(
                bound.channel(), Endpoint.of((InetSocketAddress) bound.channel().localAddress()));
    }

    private Bootstrap bootstrap(DatagramListener listener) {
        var bootstrap = new Bootstrap()
                .group(loop)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .handler(new Receiver(listener));
        if (!epoll) {
            return bootstrap
                    .channel(NioDatagramChannel.class)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES_MAX));
        }
        return bootstrap
                .channel(EpollDatagramChannel.class)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES_MAX)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(DATAGRAM_BYTES_MAX * DATAGRAMS_PER_READ));
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("in use") ? "the port is taken by another program" : message;
    }

    /// Closes every socket and waits for the event loop to end.
    @Override
    public void close() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /// Hands each datagram on from the event loop, in an array of its own.
    private static final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
        private final DatagramListener listener;

        Receiver(DatagramListener listener) {
            this.listener = listener;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf content = packet.content();
            var datagram = new byte[Math.min(content.readableBytes(), DATAGRAM_BYTES_MAX)];
            content.getBytes(content.readerIndex(), datagram);
            listener.received(Endpoint.of(packet.sender()), datagram);
        }

        /// An ICMP error of an earlier send arrives as an exception of the read: it concerns one peer, not the socket.
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof Error) {
                context.fireExceptionCaught(cause);
            }
        }
    }

    private final class Port implements DatagramPort {
        private final Channel channel;
        private final Endpoint local;

        Port(Channel channel, Endpoint local) {
            this.channel = channel;
            this.local = local;
            channel.config()
                    .setWriteBufferWaterMark(
                            new io.netty.channel.WriteBufferWaterMark(SEND_QUEUE_BYTES_MAX / 2, SEND_QUEUE_BYTES_MAX));
        }

        @Override
        public Endpoint local() {
            return local;
        }

        @Override
        public void send(Endpoint to, byte[] datagram, int length) {
            if (!channel.isWritable()) {
                dropped.increment();
                return;
            }
            ByteBuf buffer = channel.alloc().directBuffer(length).writeBytes(datagram, 0, length);
            var _ = channel.writeAndFlush(new DatagramPacket(buffer, to.toInetSocketAddress()), channel.voidPromise());
        }

        @Override
        public void close() {
            channel.close().awaitUninterruptibly();
        }
    }
}
