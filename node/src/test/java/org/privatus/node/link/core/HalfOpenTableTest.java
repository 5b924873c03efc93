package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.node.link.core.HalfOpen.Stage;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.handshake.Message2;
import org.privatus.node.link.core.packet.Versions;
import org.privatus.testing.Seeded;

class HalfOpenTableTest {
    private static final HandshakeContext SPOKEN = Peer.handshakes();
    private static final int LIMIT = 20;
    private static final long LIFETIME = 1_000;
    private static final Endpoint FROM = Endpoint.parse("10.0.0.1:1");

    private final Peer peer = new TwoPeers(1).a;
    private final LinkContext context = new LinkContext(
            Settings.with(settings -> settings.halfOpenLimit = LIMIT),
            peer.identity,
            NetworkId.DEV,
            Peer.SUITE,
            new SecureRandom(),
            new SplittableRandom(1),
            peer,
            Versions.CURRENT);
    private final HalfOpenTable table = new HalfOpenTable(context);

    @Seeded
    void it_holds_the_youngest_whatever_is_taken_out_between_them(long seed) {
        var random = new SplittableRandom(seed);
        var all = new ArrayList<HalfOpen>();
        var expected = new ArrayList<HalfOpen>();
        for (int now = 0; now < 300; now++) {
            if (!expected.isEmpty() && random.nextInt(3) == 0) {
                table.remove(expected.remove(random.nextInt(expected.size())));
            } else {
                HalfOpen next = begun(random.nextLong(), random.nextLong(), now);
                table.add(next);
                all.add(next);
                expected.add(next);
                if (expected.size() > LIMIT) {
                    expected.removeFirst();
                }
            }
            assertHolds(expected, all);
        }
        long half = expected.get(expected.size() / 2).expiresNanos;
        table.onDeadline(half);
        expected.removeIf(halfOpen -> halfOpen.expiresNanos <= half);
        assertHolds(expected, all);
        table.onDeadline(300 + LIFETIME);
        assertHolds(List.of(), all);
        assertThat(table.deadlineNanos()).isEqualTo(Timed.NEVER);
    }

    private void assertHolds(List<HalfOpen> expected, List<HalfOpen> all) {
        assertThat(table.size()).isEqualTo(expected.size());
        assertThat(all.stream().filter(halfOpen -> halfOpen.stage() != Stage.DONE))
                .containsExactlyElementsOf(expected);
        expected.forEach(halfOpen -> assertThat(table.find(halfOpen.key)).containsSame(halfOpen));
    }

    @Test
    void of_two_with_one_fingerprint_the_younger_is_found_and_neither_stays_for_ever() {
        HalfOpen older = begun(7, 1, 0);
        HalfOpen younger = begun(7, 2, 1);
        table.add(older);
        table.add(younger);
        assertThat(older.key.fingerprint()).isEqualTo(younger.key.fingerprint());
        assertThat(table.find(older.key)).isEmpty();
        assertThat(table.find(younger.key)).containsSame(younger);

        table.onDeadline(LIFETIME);
        assertThat(table.size()).isEqualTo(1);
        assertThat(older.stage()).isEqualTo(Stage.DONE);
        assertThat(table.find(younger.key)).containsSame(younger);
        table.onDeadline(LIFETIME + 1);
        assertThat(table.size()).isZero();
        assertThat(table.find(younger.key)).isEmpty();
    }

    private static HalfOpen begun(long macHigh, long macLow, long now) {
        var key = new HalfOpenKey(macHigh, macLow, FROM);
        return new HalfOpen(SPOKEN, key, new Message2(3, now, FROM, 0, 0), false, now, LIFETIME);
    }
}
