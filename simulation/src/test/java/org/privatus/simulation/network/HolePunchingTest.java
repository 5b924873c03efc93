package org.privatus.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.network.NatMix.Share;

class HolePunchingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long SEED = 8;

    /// The laboratory's table: what each class of kinds gets through to.
    private static final List<List<NatKind>> CLASSES = List.of(
            List.of(NatKind.OPEN, NatKind.FULL_CONE, NatKind.RESTRICTED),
            List.of(NatKind.PORT_RESTRICTED, NatKind.EIM, NatKind.DOUBLE, NatKind.POISONABLE),
            List.of(NatKind.ADDRESS_DEPENDENT, NatKind.SYMMETRIC, NatKind.SYMMETRIC_SEQUENTIAL),
            List.of(NatKind.BLOCKED));

    private static final boolean[][] THROUGH = {
        {true, true, true, false}, {true, true, false, false}, {true, false, false, false}, {false, false, false, false}
    };

    @Test
    void each_pair_of_kinds_behaves_as_in_the_laboratory() throws Exception {
        var mix =
                new NatMix(NatKind.ALL.stream().map(kind -> new Share(kind, 1)).toList());
        NatMix.Dealt dealt = mix.dealt(SEED);
        var unused = new BitSet();
        unused.set(1, 3_000);
        var pairs = new ArrayList<int[]>();
        for (NatKind one : NatKind.ALL) {
            for (NatKind other : NatKind.ALL) {
                pairs.add(new int[] {take(unused, dealt, one), take(unused, dealt, other)});
            }
        }
        boolean[] through = punch(mix, 3_000, serverOf(dealt), pairs);
        for (int i = 0; i < through.length; i++) {
            NatKind one = dealt.kindOf(pairs.get(i)[0]);
            NatKind other = dealt.kindOf(pairs.get(i)[1]);
            assertThat(through[i])
                    .as(one.name() + " and " + other.name())
                    .isEqualTo(THROUGH[classOf(one)][classOf(other)]);
        }
    }

    @Test
    void simultaneous_opening_succeeds_for_70_percent_of_pairs_behind_nat() throws Exception {
        int nodes = 6_000;
        NatMix.Dealt dealt = NatMix.MEASURED.dealt(SEED);
        int[] behind =
                IntStream.range(1, nodes).filter(node -> !dealt.isOpen(node)).toArray();
        assertThat((double) behind.length / nodes).isBetween(0.49, 0.54);
        var pairs = new ArrayList<int[]>();
        for (int i = 0; i + 1 < behind.length; i += 2) {
            pairs.add(new int[] {behind[i], behind[i + 1]});
        }
        boolean[] through = punch(NatMix.MEASURED, nodes, serverOf(dealt), pairs);
        long successes =
                IntStream.range(0, through.length).filter(i -> through[i]).count();
        assertThat((double) successes / through.length).isBetween(0.70 - 0.071, 0.70 + 0.071);
    }

    private static boolean[] punch(NatMix mix, int nodes, int server, List<int[]> pairs) throws BindFailedException {
        var loop = new EventLoop(1, (node, time, kind, detail) -> {});
        NetworkModel model = NetworkModel.of(NetworkSettings.DEFAULT.withLoss(0.01), new KademliaWorkloadLatency())
                .withNat(mix);
        var network = new SimulatedNetwork(loop, model, SEED, ShardMap.one(nodes), 0, Uplink.NONE);
        Puncher.serve(network, server);
        Endpoint stun = SimulatedNetwork.endpointOf(server);
        var punchers = new ArrayList<Puncher>();
        for (int[] pair : pairs) {
            for (int node : pair) {
                punchers.add(new Puncher(loop, network, node));
            }
        }
        for (int tries = 0; tries < 3; tries++) {
            punchers.stream().filter(puncher -> puncher.seenAt().isEmpty()).forEach(puncher -> puncher.askWhere(stun));
            loop.runUntil(loop.nowNanos() + SECOND);
        }
        for (int i = 0; i < punchers.size(); i++) {
            Puncher puncher = punchers.get(i);
            punchers.get(i ^ 1).seenAt().ifPresent(puncher::punch);
        }
        loop.runUntil(loop.nowNanos() + 10 * SECOND);
        var through = new boolean[pairs.size()];
        for (int i = 0; i < through.length; i++) {
            through[i] =
                    punchers.get(2 * i).isThrough() && punchers.get(2 * i + 1).isThrough();
        }
        return through;
    }

    private static int take(BitSet unused, NatMix.Dealt dealt, NatKind kind) {
        int taken = unused.stream()
                .filter(node -> dealt.kindOf(node).equals(kind))
                .findFirst()
                .orElseThrow();
        unused.clear(taken);
        return taken;
    }

    private static int serverOf(NatMix.Dealt dealt) {
        return dealt.isOpen(0)
                ? 0
                : IntStream.iterate(2_999, node -> node - 1)
                        .filter(dealt::isOpen)
                        .findFirst()
                        .orElseThrow();
    }

    private static int classOf(NatKind kind) {
        return IntStream.range(0, CLASSES.size())
                .filter(i -> CLASSES.get(i).contains(kind))
                .findFirst()
                .orElseThrow();
    }
}
