package org.privatus.node.link.core;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.handshake.DialJob;
import org.privatus.node.link.core.handshake.FinishJob;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.packet.FrameHandler;
import org.privatus.node.link.core.packet.FrameReader;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.PacketProtection;

/// A peer that has finished a handshake and then says whatever a test wants it to, in packets that are sealed as they should be.
final class RawPeer {
    static final Endpoint ENDPOINT = Endpoint.parse("10.0.66.6:666");
    private static final long LINK_ID = 0x6666;

    private final TwoPeers world;
    private final Peer victim;
    private final PacketProtection protection;
    private final long remoteId;
    private final List<byte[]> received = new ArrayList<>();

    /// @param firstFrames ride in message 3
    RawPeer(TwoPeers world, Peer victim, byte[] firstFrames) {
        this.world = world;
        this.victim = victim;
        world.wire.open(ENDPOINT, datagram -> received.add(datagram.bytes()));
        var random = new SecureRandom();
        var identity = NodeIdentity.generate(Peer.SUITE, random, 0);
        var context = new HandshakeContext(Peer.SUITE, random, identity, NetworkId.DEV);
        var dial = new DialJob(context, victim.identity.key(), LINK_ID, Optional.empty(), OptionalLong.empty());
        dial.run();
        transmit(dial.message().orElseThrow());
        world.runUntil(TwoPeers.SECOND, () -> received.stream().anyMatch(RawPeer::isMessage2));
        byte[] message2 =
                received.stream().filter(RawPeer::isMessage2).findFirst().orElseThrow();
        var finish = new FinishJob(
                context,
                dial.handshake(),
                victim.identity.key(),
                message2,
                Optional.of(new FinishJob.Message3(0, firstFrames)));
        finish.run();
        protection = new PacketProtection(Peer.SUITE, finish.keys().orElseThrow());
        remoteId = finish.responderId();
        transmit(finish.message3().orElseThrow());
        world.runFor(TwoPeers.SECOND);
        received.clear();
    }

    /// What was said to another peer at this address may still arrive.
    private static boolean isMessage2(byte[] datagram) {
        return (datagram[0] & 0xff) == PacketLayout.MESSAGE_2;
    }

    /// Sends a packet with these frames and lets it arrive.
    void say(Consumer<WireWriter> frames) {
        WireWriter out = WireWriter.allocate(PacketLayout.DATA_PAYLOAD);
        frames.accept(out);
        say(out.toBytes());
    }

    void say(byte[] payload) {
        transmit(sealed(payload));
        world.runFor(world.wire.latency + Wire.MILLISECOND);
    }

    /// The next packet, with this payload.
    byte[] sealed(byte[] payload) {
        byte[] packet = new byte[PacketLayout.DATA_HEADER + payload.length + PacketLayout.TAG_LENGTH];
        System.arraycopy(payload, 0, packet, PacketLayout.DATA_HEADER, payload.length);
        int length = protection.seal(remoteId, packet, 0, payload.length);
        return Arrays.copyOf(packet, length);
    }

    /// Hears the frames that have come since it was last asked.
    void hear(FrameHandler handler) {
        world.runFor(TwoPeers.SECOND);
        byte[] payload = new byte[PacketLayout.MAX_PACKET];
        for (byte[] datagram : received) {
            int length = protection.open(datagram, 0, datagram.length, payload);
            try {
                new FrameReader().read(payload, 0, length, handler);
            } catch (MalformedPacketException e) {
                throw new AssertionError(e);
            }
        }
        received.clear();
    }

    private void transmit(byte[] datagram) {
        world.wire.send(new Wire.Datagram(ENDPOINT, victim.endpoint(), datagram));
    }
}
