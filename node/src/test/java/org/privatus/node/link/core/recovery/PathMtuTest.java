package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

/// RFC 8899 by section, and paths of any size.
class PathMtuTest {
    private static final long SECOND = 1_000_000_000;
    private static final int THREE_CELLS = 1_704;

    private PathMtu mtu = new PathMtu(65_000);
    private long now = 1_000 * SECOND;

    /// Full packets that arrive.
    private void traffic(int packets) {
        for (int i = 0; i < packets; i++) {
            mtu.onPacketAcked(mtu.packetSize() - 20, now);
        }
    }

    /// Probes as long as any is due, on a path that carries so much; the sizes of those that left.
    private List<Integer> search(int carried) {
        List<Integer> probes = new ArrayList<>();
        for (int size = mtu.probeSize(now); size > 0; size = mtu.probeSize(now)) {
            probes.add(size);
            mtu.onProbeSent();
            if (size <= carried) {
                mtu.onProbeAcked(size, now);
            } else {
                mtu.onProbeLost(size, now);
            }
        }
        return probes;
    }

    private void loseLarge(int packets) {
        for (int i = 0; i < packets; i++) {
            mtu.onPacketLost(mtu.packetSize(), now - 1, now);
        }
        now += SECOND;
    }

    @Test
    void sizes_are_those_that_hold_one_cell_more() {
        assertThat(PathMtu.size(2)).isEqualTo(PathMtu.BASE);
        assertThat(PathMtu.size(3)).isEqualTo(THREE_CELLS);
        assertThat(PathMtu.cells(1_452)).isEqualTo(2);
        assertThat(PathMtu.cells(8_952)).isEqualTo(17);
        assertThat(PathMtu.cells(PathMtu.LARGEST)).isEqualTo(127);
        for (int cells = 3; cells <= 127; cells++) {
            assertThat(PathMtu.cells(PathMtu.size(cells))).isEqualTo(cells);
            assertThat(PathMtu.cells(PathMtu.size(cells) - 1)).isEqualTo(cells - 1);
        }
    }

    @Test
    void section_5_2_the_base_is_confirmed_before_anything_is_probed() {
        traffic(PathMtu.CONFIRMATIONS - 1);
        assertThat(mtu.probeSize(now)).isZero();
        traffic(1);
        assertThat(mtu.probeSize(now)).isEqualTo(THREE_CELLS);
    }

    @Test
    void small_packets_confirm_nothing() {
        for (int i = 0; i < 1_000; i++) {
            mtu.onPacketAcked(600, now);
        }
        assertThat(mtu.probeSize(now)).isZero();
    }

    @Test
    void a_probe_is_on_its_way_alone() {
        traffic(PathMtu.CONFIRMATIONS);
        mtu.onProbeSent();
        assertThat(mtu.probeSize(now)).isZero();
    }

    @Test
    void section_5_1_2_an_ethernet_costs_three_small_probes() {
        traffic(PathMtu.CONFIRMATIONS);
        assertThat(search(1_472)).containsExactly(THREE_CELLS, THREE_CELLS, THREE_CELLS);
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.BASE);
    }

    @Test
    void a_loopback_costs_two_probes() {
        traffic(PathMtu.CONFIRMATIONS);
        assertThat(search(65_507)).containsExactly(THREE_CELLS, PathMtu.size(126));
        assertThat(mtu.packetSize()).isEqualTo(64_680);
    }

    @Test
    void a_jumbo_frame_is_found_by_its_usual_size() {
        traffic(PathMtu.CONFIRMATIONS);
        List<Integer> probes = search(8_972);
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.size(17));
        assertThat(probes).hasSize(1 + 3 + 3 + 1 + 3);
    }

    @Test
    void section_5_3_a_probe_that_is_lost_twice_by_chance_still_counts_when_it_arrives() {
        traffic(PathMtu.CONFIRMATIONS);
        for (int i = 0; i < 2; i++) {
            mtu.onProbeSent();
            mtu.onProbeLost(THREE_CELLS, now);
            assertThat(mtu.probeSize(now)).isEqualTo(THREE_CELLS);
        }
        mtu.onProbeSent();
        mtu.onProbeAcked(THREE_CELLS, now);
        assertThat(mtu.packetSize()).isEqualTo(THREE_CELLS);
    }

    @Test
    void section_5_1_1_after_ten_minutes_it_is_tried_again_while_there_is_traffic() {
        traffic(PathMtu.CONFIRMATIONS);
        search(1_472);
        now += PathMtu.RAISE_NANOS - 1;
        traffic(1);
        assertThat(mtu.probeSize(now)).isZero();
        now += 1;
        assertThat(mtu.probeSize(now)).isZero();
        traffic(1);
        search(8_972);
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.size(17));
    }

    @Test
    void section_4_3_losses_of_three_round_trips_without_arrival_are_a_black_hole() {
        traffic(PathMtu.CONFIRMATIONS);
        search(8_972);
        loseLarge(20);
        loseLarge(1);
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.size(17));
        loseLarge(20);
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.BASE);
        traffic(PathMtu.CONFIRMATIONS);
        assertThat(search(1_472)).containsExactly(THREE_CELLS, THREE_CELLS, THREE_CELLS);
    }

    @Test
    void section_4_3_after_a_black_hole_what_still_arrives_is_found() {
        traffic(PathMtu.CONFIRMATIONS);
        search(65_507);
        for (int i = 0; i < PathMtu.MAX_STRIKES; i++) {
            loseLarge(1);
        }
        traffic(PathMtu.CONFIRMATIONS);
        search(8_972);
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.size(17));
    }

    @Test
    void a_large_packet_that_arrives_in_between_shows_that_it_is_no_black_hole() {
        traffic(PathMtu.CONFIRMATIONS);
        search(8_972);
        for (int i = 0; i < 20; i++) {
            loseLarge(10);
            loseLarge(10);
            traffic(1);
        }
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.size(17));
    }

    @Test
    void losses_of_packets_of_the_base_are_none_either() {
        traffic(PathMtu.CONFIRMATIONS);
        search(8_972);
        for (int i = 0; i < 20; i++) {
            mtu.onPacketLost(PathMtu.BASE, now - 1, now);
            now += SECOND;
        }
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.size(17));
    }

    @Test
    void another_path_begins_at_the_base_and_an_answer_from_the_old_one_says_nothing() {
        traffic(PathMtu.CONFIRMATIONS);
        mtu.onProbeSent();
        mtu.onPathChanged();
        mtu.onProbeAcked(THREE_CELLS, now);
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.BASE);
        assertThat(mtu.probeSize(now)).isZero();
    }

    @Test
    void without_room_for_one_more_cell_there_is_nothing_to_search() {
        mtu = new PathMtu(THREE_CELLS - 1);
        traffic(100);
        assertThat(mtu.probeSize(now)).isZero();
    }

    @Seeded(200)
    void it_finds_the_largest_useful_size_and_uses_no_larger_one(long seed) {
        var random = new SplittableRandom(seed);
        int most = random.nextInt(PathMtu.BASE, PathMtu.LARGEST + 1);
        int carried = random.nextInt(PathMtu.BASE, PathMtu.LARGEST + 1);
        mtu = new PathMtu(most);
        traffic(PathMtu.CONFIRMATIONS);
        List<Integer> probes = search(carried);
        assertThat(mtu.packetSize()).isEqualTo(PathMtu.size(PathMtu.cells(Math.min(most, carried))));
        var perSize = new TreeMap<Integer, Integer>();
        probes.forEach(size -> perSize.merge(size, 1, Integer::sum));
        assertThat(perSize.lastEntry() == null ? PathMtu.BASE : perSize.lastKey())
                .isLessThanOrEqualTo(most);
        perSize.forEach((size, times) -> assertThat(times).isEqualTo(size <= carried ? 1 : PathMtu.MAX_PROBES));
        assertThat(perSize).hasSizeLessThanOrEqualTo(16);
    }

    @Seeded(50)
    void whatever_is_lost_it_never_uses_what_never_arrived(long seed) {
        var random = new SplittableRandom(seed);
        List<Integer> arrived = new ArrayList<>(List.of(PathMtu.BASE));
        int carried = random.nextInt(PathMtu.BASE, PathMtu.LARGEST + 1);
        for (int step = 0; step < 1_000; step++) {
            now += random.nextLong(SECOND);
            int size = mtu.probeSize(now);
            if (size > 0) {
                mtu.onProbeSent();
                if (size <= carried && random.nextInt(3) > 0) {
                    arrived.add(size);
                    mtu.onProbeAcked(size, now);
                } else {
                    mtu.onProbeLost(size, now);
                }
            } else if (mtu.packetSize() <= carried && random.nextInt(5) > 0) {
                traffic(1);
            } else {
                mtu.onPacketLost(mtu.packetSize(), now - random.nextLong(SECOND), now);
            }
            if (random.nextInt(200) == 0) {
                carried = random.nextInt(PathMtu.BASE, PathMtu.LARGEST + 1);
            }
            assertThat(mtu.packetSize())
                    .isLessThanOrEqualTo(Collections.max(arrived))
                    .isIn(arrived);
        }
    }
}
