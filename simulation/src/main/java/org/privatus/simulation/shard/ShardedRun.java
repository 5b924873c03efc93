package org.privatus.simulation.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.world.WorldSettings;

/// A run on several threads of this process, one per shard; the calling thread is the first of them, and the only one when
/// there is one shard. The outcome does not depend on their number.
///
/// A failure on one shard ends all, and the run throws it with the shard and the moment.
public final class ShardedRun {
    private static final double NANOS_PER_SECOND = 1e9;

    private final WorldSettings settings;
    private final ShardMap map;
    private final ProgramFactory factory;
    private final RunObserver observer;
    private final ThreadExchange exchange;
    private final Phaser ends;
    private final List<@Nullable ShardOutcome> outcomes = new ArrayList<>();
    private @Nullable IllegalStateException failure;

    private ShardedRun(WorldSettings settings, int shards, ProgramFactory factory, RunObserver observer) {
        this.settings = settings;
        this.map = new ShardMap(settings.nodes(), shards);
        this.factory = factory;
        this.observer = observer;
        this.exchange = new ThreadExchange(shards);
        this.ends = new Phaser(shards);
        for (int shard = 0; shard < shards; shard++) {
            outcomes.add(null);
        }
    }

    /// Runs to the end.
    ///
    /// @throws IllegalArgumentException if the settings do not allow so many shards
    /// @throws IllegalStateException if the run failed, with the cause
    public static RunOutcome run(WorldSettings settings, int shards, ProgramFactory factory, RunObserver observer) {
        var run = new ShardedRun(settings, shards, factory, observer);
        Shard.lookaheadNanos(settings, run.map);
        return run.run();
    }

    private RunOutcome run() {
        var threads = new ArrayList<Thread>();
        for (int shard = 1; shard < map.shards(); shard++) {
            int number = shard;
            threads.add(Thread.ofPlatform().daemon().name("shard-" + shard).start(() -> runShard(number)));
        }
        runShard(0);
        threads.forEach(ShardedRun::join);
        return outcome();
    }

    private void runShard(int number) {
        Exchange seat = map.shards() == 1 ? Exchange.alone() : exchange.of(number);
        try (var shard = new Shard(settings, map, number, factory, seat, number == 0 ? observer : RunObserver.NONE)) {
            runShard(number, shard);
            showEnd(number);
        } catch (RuntimeException | Error e) {
            fail(number, "shard " + number + " failed at its start or end: " + e.getMessage(), e);
        } finally {
            ends.arriveAndDeregister();
        }
    }

    /// All shards keep their nodes until the observer has looked; one that failed keeps nobody waiting.
    private void showEnd(int number) {
        ends.arriveAndAwaitAdvance();
        if (number == 0 && !hasFailed()) {
            observer.over();
        }
        ends.arriveAndAwaitAdvance();
    }

    private synchronized boolean hasFailed() {
        return failure != null;
    }

    private void runShard(int number, Shard shard) {
        try {
            shard.run();
            finished(number, shard.outcome());
        } catch (MemberLostException e) {
            fail(number, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            String moment = String.format(Locale.ROOT, "%.9f s", shard.nowNanos() / NANOS_PER_SECOND);
            fail(number, "shard " + number + " failed at " + moment + ": " + e.getMessage(), e);
        }
    }

    private synchronized void finished(int number, ShardOutcome outcome) {
        outcomes.set(number, outcome);
    }

    /// The first to fail says why; that the others end is its consequence.
    private synchronized void fail(int number, String line, Throwable cause) {
        if (failure == null) {
            failure = new IllegalStateException(line, cause);
        }
        exchange.breakUp("shard " + number + " failed");
    }

    private synchronized RunOutcome outcome() {
        if (failure != null) {
            throw failure;
        }
        var parts = new ArrayList<ShardOutcome>();
        for (ShardOutcome outcome : outcomes) {
            if (outcome != null) {
                parts.add(outcome);
            }
        }
        return ShardOutcome.join(map, parts, Optional.empty());
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
