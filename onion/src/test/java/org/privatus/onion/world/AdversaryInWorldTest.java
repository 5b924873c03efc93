package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.privatus.crypto.identity.NodeId;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.stream.CircuitRequest;
import org.privatus.onion.stream.StreamRequest;
import org.privatus.onion.stream.StreamRequest.Kind;
import org.privatus.testing.Seeded;

/// One relay of a path does something to the cells it passes on, once, at any place and in either direction.
class AdversaryInWorldTest {
    private static final int LENGTH = 150_000;
    private static final List<Deed> DEEDS = List.of(Deed.values());

    private enum Deed {
        FLIP_A_BIT,
        SEND_TWICE,
        SEND_AGAIN_LATER,
        SWAP,
        DROP,
        CUT_SHORT,
        FORGE
    }

    /// Does the deed to one cell of the first or second channel that carries any.
    private static final class Adversary implements WorldNode.Hands {
        private final SplittableRandom random;
        private final Deed deed;
        private final int direction;
        private final List<Long> channels = new ArrayList<>();
        private byte[] kept = new byte[0];
        private int cells;
        private boolean done;

        Adversary(SplittableRandom random) {
            this.random = random;
            this.deed = DEEDS.get(random.nextInt(DEEDS.size()));
            this.direction = random.nextInt(2);
            this.cells = random.nextInt(40);
        }

        @Override
        public List<byte[]> pass(long channel, byte[] cell) {
            if (ChannelCell.command(cell) != ChannelCell.RELAY) {
                return List.of(cell);
            }
            if (!channels.contains(channel)) {
                channels.add(channel);
            }
            if (done || channels.indexOf(channel) != direction || --cells > 0) {
                return List.of(cell);
            }
            return act(cell);
        }

        private List<byte[]> act(byte[] cell) {
            boolean second = kept.length > 0;
            done = second || (deed != Deed.SWAP && deed != Deed.SEND_AGAIN_LATER);
            return switch (deed) {
                case FLIP_A_BIT -> {
                    cell[random.nextInt(ChannelCell.LENGTH)] ^= (byte) (1 << random.nextInt(8));
                    yield List.of(cell);
                }
                case SEND_TWICE -> List.of(cell, cell.clone());
                case SEND_AGAIN_LATER -> second ? List.of(cell, kept) : keep(cell, List.of(cell.clone()));
                case SWAP -> second ? List.of(cell, kept) : keep(cell, List.of());
                case DROP -> List.of();
                case CUT_SHORT -> List.of(Arrays.copyOf(cell, 1 + random.nextInt(ChannelCell.LENGTH - 1)));
                case FORGE -> {
                    byte[] forged = new byte[ChannelCell.LENGTH];
                    random.nextBytes(forged);
                    System.arraycopy(cell, 0, forged, 0, ChannelCell.BODY_OFFSET);
                    yield List.of(forged);
                }
            };
        }

        private List<byte[]> keep(byte[] cell, List<byte[]> instead) {
            kept = cell;
            return instead;
        }

        @Override
        public String toString() {
            return deed + " in direction " + direction;
        }
    }

    @Seeded(24)
    void whoever_touches_cells_of_a_splice_ends_it_at_both_sides_and_nothing_else_comes_of_it(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OnionWorld world = OnionWorld.of(seed, 12);
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        bob.serve();
        world.runUntil(20, "leases", () -> bob.published().size() == 2);
        long splice = alice.openSplice(bob);
        world.runUntil(
                10, "a splice", () -> alice.isOpen(splice) && bob.incoming().size() == 1);
        long answer = bob.incoming().getFirst();
        List<NodeId> path = new ArrayList<>(alice.path(splice).shown());
        path.addAll(bob.path(answer).ownHops());

        Adversary adversary = new Adversary(random);
        int place = random.nextInt(6);
        world.node(path.get(place)).fallInto(adversary);
        byte[] there = bytes(seed, LENGTH);
        byte[] back = bytes(seed + 1, LENGTH);
        alice.send(splice, there);
        bob.send(answer, back);
        world.runUntil(
                60,
                adversary + " at " + place + " noticed by both",
                () -> alice.closed().containsKey(splice) && bob.closed().containsKey(answer));
        assertThat(alice.closed().get(splice)).isEqualTo(SpliceEnd.CIRCUIT_DIED);
        assertThat(bob.closed().get(answer)).isEqualTo(SpliceEnd.CIRCUIT_DIED);
        assertPrefix(bob.received(answer), there);
        assertPrefix(alice.received(splice), back);

        bob.circuits().stopServing(bob.address().key(), world.nowNanos());
        world.run(200);
        alice.keepSpares(0);
        bob.keepSpares(0);
        world.run(1);
        assertThat(alice.view().circuits()).isEmpty();
        assertThat(bob.view().circuits()).isEmpty();
        assertNothingLeft(world);
    }

    @Seeded(16)
    void whoever_touches_cells_of_a_stream_ends_its_circuit(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OnionWorld world = OnionWorld.of(seed, 6);
        WorldPerson alice = world.addPerson();
        long circuit = alice.openCircuit(CircuitRequest.of(3));
        world.runUntil(10, "a circuit", () -> alice.circuitsOpened().contains(circuit));
        List<NodeId> hops = alice.view().circuits().getFirst().hops();
        long stream = alice.openStream(circuit, new StreamRequest(Kind.ECHO, LENGTH));
        Adversary adversary = new Adversary(random);
        int place = random.nextInt(2);
        world.node(hops.get(place)).fallInto(adversary);
        byte[] there = bytes(seed, LENGTH);
        alice.write(stream, there);
        world.runUntil(
                30,
                adversary + " at " + place + " noticed",
                () -> alice.circuitsGone().contains(circuit));
        assertThat(alice.streamsClosed().get(stream)).isEqualTo(StreamEnd.CIRCUIT_GONE);
        assertPrefix(alice.streamed(stream), there);
        world.run(5);
        assertNothingLeft(world);
    }

    private static void assertPrefix(byte[] received, byte[] sent) {
        assertThat(received).isEqualTo(Arrays.copyOf(sent, received.length));
    }

    private static void assertNothingLeft(OnionWorld world) {
        for (WorldNode node : world.nodes()) {
            assertThat(node.relay().view().circuits()).as("circuits at a relay").isZero();
            assertThat(node.relay().view().registrations()).as("registrations").isZero();
            assertThat(node.relay().view().splices()).isZero();
            assertThat(node.relay().view().queuedCells()).isZero();
        }
        assertThat(world.livingKeys()).as("keys that were not erased").isZero();
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
