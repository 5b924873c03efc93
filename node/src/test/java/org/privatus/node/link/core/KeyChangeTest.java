package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.node.link.core.handshake.AcceptJob;
import org.privatus.node.link.core.handshake.DialJob;
import org.privatus.node.link.core.handshake.FinishJob;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.handshake.Message2;
import org.privatus.node.link.core.handshake.VerifyJob;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.PacketProtection;

/// When the keys of a link change: two ends without a network between them.
class KeyChangeTest {
    private static final long START = 7 * SECOND;
    private static final long NEVER_ACKED = -1;
    private static final LinkSettings SETTINGS = Settings.with(settings -> settings.packetsPerKey = 100);

    private PacketProtection sender;
    private PacketProtection receiver;
    private KeyChanges senders;
    private KeyChanges receivers;

    @BeforeEach
    void shakeHands() {
        var random = new SecureRandom();
        var a = new HandshakeContext(Peer.SUITE, random, NodeIdentity.generate(Peer.SUITE, random, 0), NetworkId.DEV);
        var b = NodeIdentity.generate(Peer.SUITE, random, 0);
        var atB = new HandshakeContext(Peer.SUITE, random, b, NetworkId.DEV);
        var dial = new DialJob(a, b.key(), 1, Optional.empty(), OptionalLong.empty());
        dial.run();
        var accept = new AcceptJob(
                atB,
                dial.message().orElseThrow(),
                new Message2(1, 2, Endpoint.parse("1.2.3.4:5"), 0, 0),
                Optional.empty());
        accept.run();
        var finish = new FinishJob(
                a,
                dial.handshake(),
                b.key(),
                accept.message2().orElseThrow(),
                Optional.of(new FinishJob.Message3(0, new byte[0])));
        finish.run();
        var verify = new VerifyJob(atB, accept.handshake(), finish.message3().orElseThrow());
        verify.run();
        sender = new PacketProtection(Peer.SUITE, finish.keys().orElseThrow());
        receiver = new PacketProtection(Peer.SUITE, verify.keys().orElseThrow());
        senders = new KeyChanges(SETTINGS, new LinkCounters(), sender, START);
        receivers = new KeyChanges(SETTINGS, new LinkCounters(), receiver, START);
    }

    private byte[] seal() {
        byte[] packet = new byte[100];
        int length = sender.seal(9, packet, 0, 10);
        return Arrays.copyOf(packet, length);
    }

    private int open(byte[] packet, long now) {
        int opened = receiver.open(packet, 0, packet.length, new byte[PacketLayout.MAX_DATAGRAM]);
        receivers.onOpened(now);
        return opened;
    }

    @Test
    void a_key_that_was_used_changes_after_its_time_and_one_that_was_not_does_not() {
        long later = START + SETTINGS.rekeyAfterNanos();
        assertThat(senders.advance(NEVER_ACKED, later)).isFalse();
        assertThat(sender.keyStart()).isZero();
        seal();
        senders.advance(0, later - 1);
        assertThat(sender.keyStart()).isZero();
        senders.advance(0, later);
        assertThat(sender.keyStart()).isEqualTo(1);
        seal();
        senders.advance(1, later + SETTINGS.rekeyAfterNanos());
        assertThat(sender.keyStart()).isEqualTo(2);
    }

    @Test
    void a_key_changes_after_its_packets() {
        for (int i = 0; i < 100; i++) {
            senders.advance(i - 1, START);
            assertThat(sender.keyStart()).isZero();
            seal();
        }
        senders.advance(99, START);
        assertThat(sender.keyStart()).isEqualTo(100);
    }

    @Test
    void nothing_changes_before_something_was_acknowledged_which_is_asked_for_once() {
        seal();
        long later = START + SETTINGS.rekeyAfterNanos();
        assertThat(senders.advance(NEVER_ACKED, later)).isTrue();
        assertThat(senders.advance(NEVER_ACKED, later + 1)).isFalse();
        assertThat(sender.keyStart()).isZero();
        assertThat(senders.advance(0, later + 2)).isFalse();
        assertThat(sender.keyStart()).isEqualTo(1);
    }

    @Test
    void the_peer_s_last_key_is_erased_a_while_after_it_was_replaced() {
        byte[] early = seal();
        byte[] inTime = seal();
        byte[] late = seal();
        open(early, START);
        assertThat(receivers.deadlineNanos()).isEqualTo(Timed.NEVER);
        sender.changeKey();
        open(seal(), START);
        assertThat(receivers.deadlineNanos()).isEqualTo(START + KeyChanges.GRACE_NANOS);
        receivers.onDeadline(START + KeyChanges.GRACE_NANOS - 1);
        assertThat(open(inTime, START)).isPositive();
        receivers.onDeadline(START + KeyChanges.GRACE_NANOS);
        assertThat(open(late, START)).isEqualTo(PacketProtection.FORGED);
        assertThat(receivers.deadlineNanos()).isEqualTo(Timed.NEVER);
    }

    @Test
    void traffic_renews_both_sides_keys_for_as_long_as_it_flows() {
        var world = new TwoPeers(1);
        long channel = world.openChannel(world.a, world.b);
        world.runFor(2 * SECOND);
        for (int i = 0; i < 60; i++) {
            world.send(world.a, channel, i, i + 1);
            world.runFor(10 * SECOND);
        }
        assertThat(world.b.cells.get(world.b.inbound.getFirst())).hasSize(60);
        for (Peer peer : new Peer[] {world.a, world.b}) {
            assertThat(peer.links.statistics().keyChanges()).isBetween(5L, 7L);
        }
        long before = world.a.links.statistics().keyChanges();
        world.a.links.closeChannel(channel, world.now());
        world.runFor(299 * SECOND);
        assertThat(world.a.links.statistics().keyChanges()).isLessThanOrEqualTo(before + 1);
    }
}
