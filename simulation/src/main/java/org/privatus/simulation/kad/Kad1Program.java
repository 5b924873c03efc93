package org.privatus.simulation.kad;

import java.time.Duration;
import org.privatus.node.actor.KademliaActor;
import org.privatus.node.settings.NodeSettings;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.results.CheckViolation;
import org.privatus.simulation.results.CounterNames;
import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.results.Series;
import org.privatus.simulation.shard.Program;
import org.privatus.simulation.shard.TrafficSeries;
import org.privatus.simulation.world.World;

/// KAD-1 on one shard, with what came of each lookup in the recording. Ends at its time.
public final class Kad1Program implements Program {
    private final World world;
    private final EventLoop loop;
    private final Kad1 workload;
    private final Duration duration;
    private final Duration interval;
    private final Duration drain;
    private final boolean noCrashes;
    private final Recording recording;
    private final TrafficSeries traffic;

    /// The program of the shard that `world` is.
    ///
    /// @param settings of every node, see [Kad1Settings]
    /// @param duration in which lookups begin
    /// @param interval between two of the whole network
    /// @param drain how long the last may still take
    /// @param noCrashes whether an actor that fails violates a check
    public Kad1Program(
            World world,
            NodeSettings settings,
            Duration duration,
            Duration interval,
            Duration drain,
            boolean noCrashes) {
        this.world = world;
        this.loop = world.loop();
        this.workload = new Kad1(world, settings);
        this.duration = duration;
        this.interval = interval;
        this.drain = drain;
        this.noCrashes = noCrashes;
        this.recording = new Recording(world.settings().seed());
        this.traffic = new TrafficSeries(world, recording);
    }

    @Override
    public void begin() {
        workload.hear(this::ended);
        workload.hearCrashes(failure -> crashed(loop.currentNode(), failure.child() + " failed and was started again"));
        workload.start();
        workload.look(Math.toIntExact(duration.dividedBy(interval)), interval.toNanos());
        recording.gauge(
                Series.NODES_UP, 0, world.map().end(world.shard()) - world.map().first(world.shard()));
    }

    private void ended(KademliaActor.LookupEnded lookup) {
        long now = loop.nowNanos();
        recording.count(Series.LOOKUPS, now, 1);
        recording.count(Series.LOOKUP_REQUESTS, now, lookup.outcome().effort().requests());
        recording.sample(
                Metric.LOOKUP,
                now,
                loop.currentNode(),
                lookup.outcome().effort().elapsedNanos());
    }

    private void crashed(int node, String line) {
        recording.counter("nodes.failures", 1);
        if (noCrashes) {
            recording.violation(new CheckViolation(CheckViolation.NO_CRASHES, node, loop.nowNanos(), line));
        }
    }

    @Override
    public long[] totals() {
        traffic.count();
        return new long[] {workload.tally().begun(), workload.tally().ended()};
    }

    @Override
    public boolean over(long nowNanos, long[] totals) {
        return nowNanos >= duration.plus(drain).toNanos();
    }

    @Override
    public Recording finish() {
        traffic.count();
        world.crashes().forEach(line -> crashed(EventLoop.WORLD, line));
        LookupTally tally = workload.tally();
        recording.counter("dht.lookups", tally.ended());
        recording.counter(CounterNames.LOOKUPS_BEGUN, tally.begun());
        recording.counter(CounterNames.LOOKUPS_OF_OWN_ID, tally.ofOwnId());
        recording.counter("dht.lookup.requests", tally.requests());
        recording.counter(CounterNames.LOOKUP_DEPTH, tally.depthTotal());
        recording.counter(CounterNames.LOOKUP_SUCCESSES, tally.succeeded());
        return recording;
    }
}
