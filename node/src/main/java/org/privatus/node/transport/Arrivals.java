package org.privatus.node.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.DatagramBurst;
import org.privatus.node.host.DatagramListener;

/// Hands on what one turn of the event loop has read: each datagram in an array of its own, several as a burst.
final class Arrivals extends ChannelInboundHandlerAdapter {
    private final DatagramListener listener;

    private byte @Nullable [] first;
    private Endpoint firstFrom = Endpoint.parse("0.0.0.0:0");
    private @Nullable DatagramBurst burst;

    /// The datagrams of a train share their sender's object.
    private @Nullable InetSocketAddress lastSender;

    private Endpoint lastEndpoint = firstFrom;

    Arrivals(DatagramListener listener) {
        this.listener = listener;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var packet = (DatagramPacket) message;
        try {
            ByteBuf content = packet.content();
            var datagram = new byte[content.readableBytes()];
            content.getBytes(content.readerIndex(), datagram);
            add(endpoint(packet.sender()), datagram);
        } finally {
            packet.release();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same object, which is what is cheap to see
    private Endpoint endpoint(InetSocketAddress sender) {
        if (sender != lastSender) {
            lastSender = sender;
            lastEndpoint = Endpoint.of(sender);
        }
        return lastEndpoint;
    }

    private void add(Endpoint from, byte[] datagram) {
        byte[] alone = first;
        DatagramBurst gathered = burst;
        if (gathered != null) {
            gathered.add(from, datagram);
            if (gathered.isFull()) {
                handOver();
            }
        } else if (alone == null) {
            first = datagram;
            firstFrom = from;
        } else {
            first = null;
            gathered = new DatagramBurst();
            gathered.add(firstFrom, alone);
            gathered.add(from, datagram);
            burst = gathered;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        handOver();
    }

    private void handOver() {
        byte[] alone = first;
        DatagramBurst gathered = burst;
        first = null;
        burst = null;
        if (gathered != null) {
            listener.received(gathered);
        } else if (alone != null) {
            listener.received(firstFrom, alone);
        }
    }

    /// An ICMP error of an earlier send, or a probe longer than the interface carries, arrives as an exception: it concerns one peer, not the socket.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Error) {
            context.fireExceptionCaught(cause);
        }
    }
}
