package org.privatus.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.Datagrams;

/// The sockets of one process: one event loop that reads for every node of the process, and on which their links run too ({@link #loop()}).
///
/// On Linux a system call reads a train of datagrams, put together by the kernel (GRO), and a train is sent by one (GSO). Several trains are not read at
/// once, since Netty does not say where trains that `recvmmsg` returned are to be cut; on a kernel without GRO `recvmmsg` reads up to 32 datagrams. Nothing is ever fragmented, so that a packet too long for the path is lost and noticed. Elsewhere each datagram is a system call. Limits: a
/// datagram longer than 65,535 bytes is cut and so fails authentication; a socket whose send queue is full drops what is sent, as UDP may.
public final class NettyDatagrams implements Datagrams, AutoCloseable {
    /// The longest datagram there is, and the longest train.
    private static final int TRAIN_BYTES_MAX = 1 << 16;

    /// Where the kernel makes no trains: the longest datagram that arrives whole, and how many are read at once.
    private static final int DATAGRAM_BYTES_MAX = 1 << 14;

    private static final int DATAGRAMS_PER_READ = 32;

    /// Reads of one turn of the loop, before what was read is worked on.
    private static final int READS_PER_TURN = 16;

    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;

    /// Linux: DF is set and the kernel's idea of the path's MTU ignored, since links find theirs themselves (RFC 8899 section 3).
    private static final IntegerUnixChannelOption IP_MTU_DISCOVER =
            new IntegerUnixChannelOption("IP_MTU_DISCOVER", IPPROTO_IP, 10);

    private static final IntegerUnixChannelOption IPV6_MTU_DISCOVER =
            new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", IPPROTO_IPV6, 23);

    private static final int PMTUDISC_PROBE = 3;

    private final boolean epoll;
    private final boolean trains;
    private final EventLoopGroup loop;
    private final int bufferBytes;

    /// Served by epoll where there is one.
    ///
    /// @param bufferBytes asked of the kernel for receiving and for sending, each
    public NettyDatagrams(int bufferBytes) {
        this(bufferBytes, true);
    }

    /// @param bufferBytes asked of the kernel for receiving and for sending, each
    /// @param mayUseEpoll false for what works everywhere
    public NettyDatagrams(int bufferBytes, boolean mayUseEpoll) {
        this.bufferBytes = bufferBytes;
        epoll = mayUseEpoll && Epoll.isAvailable();
        trains = epoll && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        loop = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("privatus-io", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /// The thread of the event loop.
    public Executor loop() {
        return loop;
    }

    /// How the sockets are served: `epoll with GSO`, `epoll` or `nio`.
    public String transport() {
        return trains ? "epoll with GSO" : epoll ? "epoll" : "nio";
    }

    @Override
    public DatagramPort bind(Endpoint local, DatagramListener listener) throws BindFailedException {
        var bound = bootstrap(local, listener).bind(local.toInetSocketAddress()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new BindFailedException(local, "cannot open UDP " + local + " (" + reason(bound.cause()) + ")");
        }
        Endpoint at = Endpoint.of((InetSocketAddress) bound.channel().localAddress());
        return new NettyPort(bound.channel(), at, new NettyPort.Served(transport(), trains, bufferBytes));
    }

    private Bootstrap bootstrap(Endpoint local, DatagramListener listener) {
        var bootstrap = new Bootstrap()
                .group(loop)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.SO_RCVBUF, bufferBytes)
                .option(ChannelOption.SO_SNDBUF, bufferBytes)
                .handler(new Arrivals(listener));
        if (!epoll) {
            return bootstrap
                    .channel(NioDatagramChannel.class)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(TRAIN_BYTES_MAX));
        }
        return bootstrap
                .channel(EpollDatagramChannel.class)
                .option(EpollChannelOption.UDP_GRO, trains)
                .option(local.isIpv4() ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER, PMTUDISC_PROBE)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, trains ? TRAIN_BYTES_MAX : DATAGRAM_BYTES_MAX)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(
                                        trains ? TRAIN_BYTES_MAX : DATAGRAM_BYTES_MAX * DATAGRAMS_PER_READ)
                                .maxMessagesPerRead(READS_PER_TURN));
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
}
