package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.node.link.core.handshake.AcceptJob;
import org.privatus.node.link.core.handshake.DialJob;
import org.privatus.node.link.core.handshake.FinishJob;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.handshake.Message2;
import org.privatus.node.link.core.handshake.VerifyJob;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.Versions;

/// Nodes of version 1, of an artificial version 2 with the same layout, and of both: they speak the highest that both know, or not at all.
class VersionNegotiationTest {
    private static final Versions FIRST = Versions.of(1);
    private static final Versions SECOND_ONLY = Versions.of(2);
    private static final Versions BOTH = Versions.of(1, 2);

    private final TwoPeers world = new TwoPeers(9);

    static Stream<Arguments> mixtures() {
        return Stream.of(
                Arguments.of(FIRST, FIRST, 1),
                Arguments.of(FIRST, SECOND_ONLY, 0),
                Arguments.of(FIRST, BOTH, 1),
                Arguments.of(SECOND_ONLY, FIRST, 0),
                Arguments.of(SECOND_ONLY, SECOND_ONLY, 2),
                Arguments.of(SECOND_ONLY, BOTH, 2),
                Arguments.of(BOTH, FIRST, 1),
                Arguments.of(BOTH, SECOND_ONLY, 2),
                Arguments.of(BOTH, BOTH, 2));
    }

    static Stream<Arguments> mixturesWithoutOneThatBothSpeakBoth() {
        return mixtures().filter(each -> each.get()[0] != BOTH || each.get()[1] != BOTH);
    }

    private static boolean isHandshake(Wire.Datagram datagram) {
        return !datagram.isData();
    }

    private static int version(Wire.Datagram datagram) {
        return datagram.bytes()[PacketLayout.VERSION_OFFSET];
    }

    /// Dials and returns the version of message 3, 0 if the dial fails.
    private int dial(Peer from, Peer to) {
        long channel = world.openChannel(from, to);
        world.runUntil(20 * SECOND, () -> from.credit.containsKey(channel) || from.ended.containsKey(channel));
        if (from.ended.containsKey(channel)) {
            assertThat(from.ended).containsEntry(channel, ChannelEnd.UNREACHABLE);
            assertThat(from.links.links()).isEmpty();
            assertThat(to.links.links()).isEmpty();
            return 0;
        }
        world.runUntil(SECOND, () -> !to.links.links().isEmpty());
        return world.wire.log().stream()
                .filter(datagram -> datagram.kind() == PacketLayout.MESSAGE_3)
                .mapToInt(VersionNegotiationTest::version)
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private Peer a(Versions versions) {
        return world.another("10.1.0.1:1", versions);
    }

    private Peer b(Versions versions) {
        return world.another("10.2.0.1:2", versions);
    }

    private void dropHandshakesOf(int version) {
        world.wire.swallow = datagram -> isHandshake(datagram) && version(datagram) == version;
    }

    @ParameterizedTest
    @MethodSource("mixtures")
    void the_highest_version_that_both_speak_is_spoken(Versions ours, Versions theirs, int common) {
        Peer a = a(ours);
        Peer b = b(theirs);
        assertThat(dial(a, b)).isEqualTo(common);
        assertThat(a.links.statistics().dropped(DropReason.DOWNGRADED)).isZero();
        assertThat(b.links.statistics().dropped(DropReason.DOWNGRADED)).isZero();
    }

    @Test
    void who_drops_the_higher_version_gets_no_link_in_the_lower_one() {
        Peer a = a(BOTH);
        Peer b = b(BOTH);
        dropHandshakesOf(2);
        assertThat(dial(a, b)).isZero();
        assertThat(a.links.statistics().dropped(DropReason.DOWNGRADED)).isEqualTo(1);
        assertThat(world.wire.log()).noneMatch(datagram -> datagram.kind() == PacketLayout.MESSAGE_3);
    }

    @ParameterizedTest
    @MethodSource("mixturesWithoutOneThatBothSpeakBoth")
    void who_drops_the_higher_version_harms_nobody_who_does_not_need_it(Versions ours, Versions theirs, int common) {
        Peer a = a(ours);
        Peer b = b(theirs);
        dropHandshakesOf(2);
        assertThat(dial(a, b)).isEqualTo(common == 2 ? 0 : common);
    }

    @ParameterizedTest
    @MethodSource("mixtures")
    void whoever_rewrites_version_bytes_makes_silence(Versions ours, Versions theirs, int common) {
        Peer a = a(ours);
        Peer b = b(theirs);
        world.wire.swallow = datagram -> {
            if (isHandshake(datagram)) {
                byte[] other = datagram.bytes().clone();
                other[PacketLayout.VERSION_OFFSET] ^= 3;
                world.wire.deliver(new Wire.Datagram(datagram.from(), datagram.to(), other), Wire.MILLISECOND);
            }
            return isHandshake(datagram);
        };
        assertThat(dial(a, b)).isZero();
        assertThat(world.wire.log()).as("of %d", common).noneMatch(d -> d.kind() == PacketLayout.MESSAGE_2);
    }

    @Test
    void whoever_turns_the_second_version_into_the_first_is_seen() {
        Peer a = a(BOTH);
        Peer b = b(BOTH);
        world.wire.swallow = datagram -> {
            boolean second = isHandshake(datagram) && version(datagram) == 2;
            if (second) {
                byte[] other = datagram.bytes().clone();
                other[PacketLayout.VERSION_OFFSET] = 1;
                world.wire.deliver(new Wire.Datagram(datagram.from(), datagram.to(), other), Wire.MILLISECOND);
            }
            return second;
        };
        assertThat(dial(a, b)).isZero();
        assertThat(a.links.statistics().dropped(DropReason.DOWNGRADED)).isEqualTo(1);
    }

    @Test
    void who_loses_the_first_messages_begins_anew_in_the_higher_version() {
        Peer a = a(BOTH);
        Peer b = b(BOTH);
        List<Wire.Datagram> lost = new ArrayList<>();
        world.wire.swallow = datagram -> datagram.kind() == PacketLayout.MESSAGE_1
                && version(datagram) == 2
                && lost.size() < 3
                && lost.add(datagram);
        assertThat(dial(a, b)).isEqualTo(2);
        assertThat(a.links.statistics().dropped(DropReason.DOWNGRADED)).isEqualTo(1);
    }

    @Test
    void a_question_to_a_stranger_is_not_answered_in_a_version_that_was_forced() {
        Peer a = a(BOTH);
        Peer b = b(BOTH);
        dropHandshakesOf(2);
        a.links.request(1, b.contact(), new byte[] {'?'}, false, world.now());
        world.runUntil(20 * SECOND, () -> !a.failed.isEmpty());
        assertThat(a.answers).isEmpty();
        assertThat(a.links.statistics().dropped(DropReason.DOWNGRADED)).isEqualTo(1);
    }

    @Test
    void a_question_finds_a_stranger_of_the_lower_version() {
        Peer a = a(BOTH);
        Peer b = b(FIRST);
        a.links.request(1, b.contact(), new byte[] {'?'}, false, world.now());
        world.runUntil(5 * SECOND, () -> !a.answers.isEmpty());
        assertThat(a.answers).containsKey(1L);
    }

    /// The initiator was told another set: as if it had not looked.
    @Test
    void the_responder_looks_as_well() {
        NodeIdentity self = Peer.identity(1);
        NodeIdentity peer = Peer.identity(2);
        HandshakeContext initiator = speaking(peer, BOTH);
        var dial = new DialJob(initiator, self.key(), 1, Optional.empty(), OptionalLong.empty());
        dial.run();
        var accept = new AcceptJob(
                speaking(self, FIRST),
                dial.message().orElseThrow(),
                new Message2(1, 2, Endpoint.parse("192.0.2.1:1"), 0, 0),
                Optional.empty());
        accept.run();
        var finish = new FinishJob(
                initiator,
                dial.handshake(),
                self.key(),
                accept.message2().orElseThrow(),
                Optional.of(new FinishJob.Message3(0, new byte[0])));
        finish.run();
        var verify = new VerifyJob(
                speaking(self, BOTH), accept.handshake(), finish.message3().orElseThrow());
        verify.run();
        assertThat(verify.failure()).contains(Reason.BAD_VERSION);
        assertThat(verify.keys()).isEmpty();
    }

    /// Of a node of these versions, in version 1.
    private static HandshakeContext speaking(NodeIdentity self, Versions versions) {
        return new HandshakeContext(Peer.SUITE, new SecureRandom(), self, NetworkId.DEV, versions)
                .speaking(1)
                .orElseThrow();
    }

    @Test
    void message_1_tells_no_more_than_its_version() {
        Peer a = a(BOTH);
        Peer b = b(BOTH);
        dial(a, b);
        assertThat(world.wire.log())
                .filteredOn(datagram -> datagram.kind() == PacketLayout.MESSAGE_1)
                .hasSize(1)
                .allMatch(datagram -> datagram.bytes().length == PacketLayout.MESSAGE_1_LENGTH);
    }
}
