package org.privatus.simulation.shard;

import java.lang.management.ManagementFactory;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;

/// One shard's way through a run, on the thread that makes it: window after window until the program is over.
///
/// All shards start a window with the same horizon: the earliest pending event of the whole run plus the network's smallest
/// latency, at most the next whole second. Each takes its steps before the horizon and meets the others. Stretches in which
/// nothing happens cost one exchange per simulated second.
public final class Shard implements AutoCloseable {
    /// With shorter links the shards would do nothing but meet.
    public static final long LOOKAHEAD_MIN_NANOS = 1_000_000L;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final int number;
    private final RunObserver observer;
    private final Exchange exchange;
    private final long lookaheadNanos;
    private final Outbox outbox;
    private final World world;
    private final EventLoop loop;
    private final Program program;
    private final long startNanos = cpuNanos();
    private long runningSinceNanos;
    private long reachedNanos;
    private long windows;
    private boolean stopped;
    private boolean whole;

    /// Makes the shard's world and program.
    ///
    /// @throws IllegalArgumentException if the network has links too short for shards
    public Shard(
            WorldSettings settings,
            ShardMap map,
            int shard,
            ProgramFactory factory,
            Exchange exchange,
            RunObserver observer) {
        this.number = shard;
        this.exchange = exchange;
        this.observer = observer;
        this.lookaheadNanos = lookaheadNanos(settings, map);
        this.outbox = new Outbox(map, shard);
        this.world = new World(settings, map, shard, outbox);
        this.loop = world.loop();
        this.program = factory.create(world);
    }

    /// How far a shard may run ahead of the others.
    ///
    /// @throws IllegalArgumentException if that is too little
    public static long lookaheadNanos(WorldSettings settings, ShardMap map) {
        if (map.shards() == 1) {
            return SECOND_NANOS;
        }
        long nanos = settings.latency().minimumNanos();
        if (nanos < LOOKAHEAD_MIN_NANOS) {
            throw new IllegalArgumentException("the network has links of " + nanos + " ns, and shards need at least "
                    + LOOKAHEAD_MIN_NANOS + " ns: run with one shard");
        }
        return nanos;
    }

    /// Runs to the end, or until the loop is halted, which is for runs of one shard: others would wait for it.
    ///
    /// @throws MemberLostException if another shard will not come any more; [#outcome()] may be asked then
    public void run() throws MemberLostException {
        program.begin();
        WindowEnd all = meet(0);
        runningSinceNanos = cpuNanos();
        boolean over = false;
        while (!over) {
            long horizonNanos = horizonNanos(all.earliestNanos());
            outbox.beginWindow(horizonNanos);
            if (!loop.runBefore(horizonNanos)) {
                reachedNanos = loop.nowNanos();
                stopped = true;
                return;
            }
            all = meet(horizonNanos);
            over = isWholeSecond(horizonNanos) && isOver(horizonNanos, all);
        }
    }

    private long horizonNanos(long earliestNanos) {
        long second = (loop.nowNanos() / SECOND_NANOS + 1) * SECOND_NANOS;
        return earliestNanos >= second ? second : Math.min(second, earliestNanos + lookaheadNanos);
    }

    private WindowEnd meet(long horizonNanos) throws MemberLostException {
        long earliest = Math.min(loop.earliestNanos(), outbox.earliestNanos());
        WindowEnd mine = isWholeSecond(horizonNanos)
                ? new WindowEnd(earliest, loop.eventCount(), observer.stopWanted(), program.totals())
                : WindowEnd.betweenSeconds(earliest, loop.eventCount());
        windows++;
        return exchange.swap(mine, outbox.take(), this::insert);
    }

    private void insert(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            world.network().arrived(batch.get(i));
        }
    }

    private boolean isOver(long nowNanos, WindowEnd all) {
        reachedNanos = nowNanos;
        observer.second(nowNanos, all.totals(), all.events());
        if (program.over(nowNanos, all.totals())) {
            return true;
        }
        stopped = all.stopWanted();
        return stopped;
    }

    private static boolean isWholeSecond(long nanos) {
        return nanos % SECOND_NANOS == 0;
    }

    /// What this shard came to. Asked once, after [#run()].
    public ShardOutcome outcome() {
        long[] hashes = world.hash().ofNodes();
        var cost = new ShardCost(
                number,
                runningSinceNanos - startNanos,
                cpuNanos() - runningSinceNanos,
                exchange.blockedNanos(),
                loop.eventCount(),
                windows,
                outbox.datagrams());
        outbox.close();
        var outcome = new ShardOutcome(number, program.finish(), hashes, reachedNanos, stopped, cost);
        whole = true;
        return outcome;
    }

    /// The virtual time that this shard has reached.
    long nowNanos() {
        return loop.nowNanos();
    }

    /// Ends the nodes; after a failure they are left as they are.
    @Override
    public void close() {
        if (!whole) {
            loop.fail(new IllegalStateException("the run did not come to its end"));
        }
        world.close();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
