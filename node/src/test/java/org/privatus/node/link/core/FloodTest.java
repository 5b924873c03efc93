package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.node.link.core.handshake.DialJob;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.packet.PacketLayout;

/// A hundred times as many handshakes as a node works on, while others want to reach it and a link of it carries cells. The node is one of a twenty-fifth
/// of the real speed, so that the test need not send a hundred thousand messages a second: what a datagram and a handshake cost it is 25 times what they
/// were measured to cost, and so are its limits.
class FloodTest {
    private static final int SLOWER = 25;
    private static final int HANDSHAKES_PER_SECOND = 1_000 / SLOWER;
    private static final int FLOOD_PER_SECOND = 100 * HANDSHAKES_PER_SECOND;
    private static final long FLOOD_NANOS = 9 * SECOND;
    private static final long MESSAGE_1_NANOS = SLOWER * 7_000L;
    private static final long PACKET_NANOS = SLOWER * 2_000L;
    private static final long HANDSHAKE_NANOS = SLOWER * 250_000L;
    private static final int HALF_OPEN_LIMIT = 64;
    private static final int JOB_LIMIT = 10;
    private static final int HONEST = 20;

    private final LinkSettings victims = Settings.with(settings -> {
        settings.handshakesPerSecond = HANDSHAKES_PER_SECOND;
        settings.cookiesAbove = HANDSHAKES_PER_SECOND / 2;
        settings.handshakeJobs = JOB_LIMIT;
        settings.halfOpenLimit = HALF_OPEN_LIMIT;
    });
    private final TwoPeers world = new TwoPeers(1);
    private final Peer victim = world.another("10.0.9.9:9", victims);
    private final List<Peer> honest = new ArrayList<>();
    private int cellsSent;
    private int mostHalfOpen;

    /// The victim's event loop: takes one datagram after the other out of a socket buffer of limited size. Its worker does one job after the other.
    private static final class OneLoop {
        private static final int BUFFER_DATAGRAMS = 4_000;

        private final Peer peer;
        private final Wire wire;
        private final ArrayDeque<Wire.Datagram> buffer = new ArrayDeque<>();
        private long workerFreeAt;
        private boolean busy;

        OneLoop(Peer peer, Wire wire) {
            this.peer = peer;
            this.wire = wire;
            peer.workers = now -> {
                workerFreeAt = Math.max(now, workerFreeAt) + HANDSHAKE_NANOS;
                return workerFreeAt - now;
            };
        }

        void open() {
            wire.open(peer.endpoint(), this::arrived);
        }

        private void arrived(Wire.Datagram datagram) {
            if (buffer.size() < BUFFER_DATAGRAMS) {
                buffer.add(datagram);
                takeNext();
            }
        }

        private void takeNext() {
            if (!busy && !buffer.isEmpty()) {
                busy = true;
                long cost = buffer.peek().isData() ? PACKET_NANOS : MESSAGE_1_NANOS;
                wire.after(cost, () -> {
                    busy = false;
                    peer.receive(buffer.poll());
                    takeNext();
                });
            }
        }
    }

    /// Whoever floods. All messages are the same but for where they come from, which makes them different handshakes.
    private final class Flooder {
        private final SplittableRandom random = new SplittableRandom(3);
        private final HandshakeContext context =
                new HandshakeContext(Peer.SUITE, new SecureRandom(), world.a.identity, NetworkId.DEV);
        private final byte[] message1;

        Flooder() {
            var dial = new DialJob(context, victim.identity.key(), 7, Optional.empty(), OptionalLong.empty());
            dial.run();
            message1 = dial.message().orElseThrow();
        }

        void flood(boolean spoofed) {
            long gap = (spoofed ? 1 : 2) * SECOND / FLOOD_PER_SECOND;
            for (long at = 0; at < FLOOD_NANOS; at += gap) {
                world.wire.after(at, spoofed ? this::sendFromAnywhere : this::sendFromOwnNetworks);
            }
        }

        private void sendFromAnywhere() {
            byte[] address = {(byte) (20 + random.nextInt(100)), 0, 0, 1};
            address[1] = (byte) random.nextInt();
            address[2] = (byte) random.nextInt();
            send(Endpoint.of(address, 1 + random.nextInt(60_000)), message1);
        }

        /// Four networks, whose machines read what they are sent and show the cookie: two messages each.
        private void sendFromOwnNetworks() {
            byte[] address = {20, 0, (byte) random.nextInt(4), (byte) (1 + random.nextInt(250))};
            Endpoint from = Endpoint.of(address, 1 + random.nextInt(60_000));
            world.wire.open(from, datagram -> {
                world.wire.close(from);
                if (datagram.kind() == PacketLayout.COOKIE_REPLY) {
                    context.showCookie(victim.identity.key(), message1, datagram.bytes())
                            .ifPresent(shown -> send(from, shown));
                }
            });
            send(from, message1);
        }

        private void send(Endpoint from, byte[] message) {
            world.wire.deliver(new Wire.Datagram(from, victim.endpoint(), message), Wire.MILLISECOND);
        }
    }

    private void cells(long channel) {
        if (world.a.credit.getOrDefault(channel, 0) > 0) {
            cellsSent = world.send(world.a, channel, cellsSent, cellsSent + 1);
        }
    }

    private void meanwhile(long channel) {
        for (int i = 0; i < HONEST; i++) {
            Peer peer = world.another("30.0." + i + ".1:1");
            honest.add(peer);
            world.wire.after(
                    SECOND / 2 + i * SECOND / 10,
                    () -> peer.links.request(1, victim.contact(), new byte[] {1}, true, world.now()));
        }
        for (long at = 0; at < FLOOD_NANOS; at += SECOND / 50) {
            world.wire.after(at, () -> cells(channel));
            world.wire.after(
                    at,
                    () -> mostHalfOpen =
                            Math.max(mostHalfOpen, victim.links.statistics().halfOpen()));
        }
        world.runFor(FLOOD_NANOS);
    }

    private long linkedToVictim() {
        new OneLoop(victim, world.wire).open();
        world.a.links.openChannel(1, victim.contact(), world.now());
        world.runUntil(SECOND, () -> !victim.inbound.isEmpty());
        return 1;
    }

    private void assertHalfIsServed() {
        long answered =
                honest.stream().filter(peer -> peer.answers.containsKey(1L)).count();
        assertThat(answered).as("honest handshakes").isGreaterThanOrEqualTo(HONEST / 2);
        List<byte[]> cells = victim.cells.get(victim.inbound.getFirst());
        assertThat(cellsSent).isGreaterThanOrEqualTo(400);
        assertThat(cells).as("cells").hasSizeGreaterThanOrEqualTo(cellsSent / 2);
    }

    private void assertNothingGrew() {
        assertThat(mostHalfOpen).isBetween(1, HALF_OPEN_LIMIT);
        world.runFor(20 * SECOND);
        LinkStatistics after = victim.links.statistics();
        assertThat(after.halfOpen()).isZero();
        assertThat(after.links())
                .isEqualTo(1
                        + (int) honest.stream()
                                .filter(peer -> peer.answers.containsKey(1L))
                                .count());
    }

    @Test
    void from_forged_addresses_it_costs_others_little() {
        long channel = linkedToVictim();
        new Flooder().flood(true);
        meanwhile(channel);
        assertHalfIsServed();
        assertThat(victim.links.statistics().dropped(DropReason.COOKIE_ASKED)).isGreaterThan(10_000);
        assertNothingGrew();
    }

    @Test
    void from_networks_that_answer_it_takes_no_more_than_their_shares() {
        long channel = linkedToVictim();
        new Flooder().flood(false);
        meanwhile(channel);
        assertHalfIsServed();
        assertThat(victim.links.statistics().dropped(DropReason.OVERLOADED)).isGreaterThan(1_000);
        assertNothingGrew();
    }
}
