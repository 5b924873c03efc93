package org.privatus.simulation.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Exchange between threads of one process: each shard puts its batches down, all pass a barrier, each reads what the others put
/// down. Two places take turns, so one barrier per window is enough: a place is used again only when everyone has passed the
/// next barrier, and so has read it.
final class ThreadExchange {
    private final int shards;
    private final WindowBarrier barrier;
    private final List<Place> places;

    /// What the shards put down in one window, by shard.
    private record Place(List<WindowEnd> ends, List<List<Batch>> batches) {
        static Place of(int shards) {
            var ends = new ArrayList<WindowEnd>();
            var batches = new ArrayList<List<Batch>>();
            for (int shard = 0; shard < shards; shard++) {
                ends.add(WindowEnd.betweenSeconds(0, 0));
                batches.add(List.of());
            }
            return new Place(ends, batches);
        }
    }

    ThreadExchange(int shards) {
        this.shards = shards;
        this.barrier = new WindowBarrier(shards);
        this.places = List.of(Place.of(shards), Place.of(shards));
    }

    /// The exchange as one shard sees it.
    Exchange of(int shard) {
        return new Seat(shard);
    }

    /// Ends the run for all.
    void breakUp(String reason) {
        barrier.breakUp(reason);
    }

    private final class Seat implements Exchange {
        private final int shard;
        private int place;
        private long blockedNanos;

        Seat(int shard) {
            this.shard = shard;
        }

        @Override
        public WindowEnd swap(WindowEnd mine, List<Batch> outgoing, Consumer<Batch> incoming)
                throws MemberLostException {
            Place here = places.get(place);
            place ^= 1;
            here.ends.set(shard, mine);
            here.batches.set(shard, outgoing);
            long before = System.nanoTime();
            barrier.pass(shard);
            blockedNanos += System.nanoTime() - before;
            WindowEnd all = here.ends.getFirst();
            for (int other = 0; other < shards; other++) {
                all = other == 0 ? all : all.and(here.ends.get(other));
                if (other != shard) {
                    incoming.accept(here.batches.get(other).get(shard));
                }
            }
            return all;
        }

        @Override
        public long blockedNanos() {
            return blockedNanos;
        }

        @Override
        public void close() {}
    }
}
