package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.testing.Seeded;

/// Whatever is sent to a node from addresses that have not shown that they are there, it never sends more bytes to any of them than came from it.
class AmplificationTest {
    private static final int FORGED = 300;

    /// What honest nodes have said to the node, of all kinds: with and without token, with and without cookie, handshakes that go on and that do not.
    private static List<byte[]> overheard(TwoPeers world) {
        world.b.answering = body -> new byte[Links.MAX_ANSWER];
        for (int i = 0; i < 8; i++) {
            world.a.links.request(i, world.b.contact(), new byte[20 * i], false, world.now());
        }
        world.runUntil(3 * SECOND, () -> world.a.answers.size() == 8);
        for (int i = 8; i < 12; i++) {
            int all = i + 1;
            world.a.links.request(i, world.b.contact(), new byte[20 * i], false, world.now());
            world.runUntil(3 * SECOND, () -> world.a.answers.size() == all);
        }
        long channel = world.openChannel(world.a, world.b);
        world.runUntil(3 * SECOND, () -> world.a.credit.containsKey(channel));
        world.send(world.a, channel, 0, 5);
        world.runFor(3 * SECOND);
        return world.wire.log().stream()
                .filter(d -> d.to().equals(world.b.endpoint()))
                .map(Wire.Datagram::bytes)
                .toList();
    }

    private static byte[] altered(byte[] message, SplittableRandom random) {
        byte[] altered = message.clone();
        switch (random.nextInt(6)) {
            case 0 -> altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> altered = Arrays.copyOf(altered, random.nextInt(altered.length));
            case 2 -> altered = Arrays.copyOf(altered, PacketLayout.MESSAGE_1_CLASS * (1 + random.nextInt(4)));
            case 3 -> Arrays.fill(altered, altered.length - 16, altered.length, (byte) random.nextInt());
            case 4 -> random.nextBytes(altered);
            default -> {}
        }
        return altered;
    }

    @Seeded(20)
    void nothing_is_amplified_towards_an_address_that_nobody_has_shown_to_be_at(long seed) {
        var world = new TwoPeers(seed, Settings.with(settings -> settings.cookiesAbove = 6));
        List<byte[]> overheard = overheard(world);
        var random = new SplittableRandom(seed);
        int before = world.wire.log().size();
        var forged = new ArrayList<Wire.Datagram>();
        for (int i = 0; i < FORGED; i++) {
            Endpoint victim = Endpoint.parse("6.6.6." + random.nextInt(1, 6) + ":" + random.nextInt(1, 3));
            byte[] message = altered(overheard.get(random.nextInt(overheard.size())), random);
            forged.add(new Wire.Datagram(victim, world.b.endpoint(), message));
        }
        Map<Endpoint, Long> allowed = new LinkedHashMap<>();
        for (Wire.Datagram datagram : forged) {
            allowed.merge(datagram.from(), (long) datagram.bytes().length, Long::sum);
            before = spend(world, before, allowed);
            world.b.links.onDatagram(datagram.from(), datagram.bytes(), world.now());
            world.b.settle();
            before = spend(world, before, allowed);
            world.runFor(random.nextLong(200 * Wire.MILLISECOND));
            before = spend(world, before, allowed);
        }
        world.runFor(20 * SECOND);
        spend(world, before, allowed);
        assertThat(world.wire.log()).anyMatch(d -> d.to().toString().startsWith("6.6.6."));
    }

    private static int spend(TwoPeers world, int before, Map<Endpoint, Long> allowed) {
        List<Wire.Datagram> log = world.wire.log();
        for (Wire.Datagram said : log.subList(before, log.size())) {
            if (allowed.containsKey(said.to())) {
                long left = allowed.merge(said.to(), -(long) said.bytes().length, Long::sum);
                assertThat(left).as("left for " + said.to()).isNotNegative();
            }
        }
        return log.size();
    }
}
