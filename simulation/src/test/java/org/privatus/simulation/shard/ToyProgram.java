package org.privatus.simulation.shard;

import java.time.Duration;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.network.NetworkStatistics;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.world.ToyNode;
import org.privatus.simulation.world.World;

/// Toy nodes that start one after the other; each ninth is killed after three seconds and comes back after five. Over at a
/// given second.
public final class ToyProgram implements Program {
    private static final long MILLI = 1_000_000L;

    private final World world;
    private final long endNanos;

    private ToyProgram(World world, Duration duration) {
        this.world = world;
        this.endNanos = duration.toNanos();
    }

    public static ProgramFactory lasting(Duration duration) {
        return world -> new ToyProgram(world, duration);
    }

    @Override
    public void begin() {
        for (int node = world.map().first(world.shard()); world.isHere(node); node++) {
            begin(node);
        }
    }

    private void begin(int node) {
        at(5 * MILLI * node, node, () -> start(node));
        if (node % 9 == 4) {
            at(3_000 * MILLI, node, () -> world.kill(node));
            at(5_000 * MILLI, node, () -> start(node));
        }
    }

    private void at(long nanos, int node, Runnable action) {
        EventLoop loop = world.loop();
        loop.runAs(node, () -> loop.after(nanos, node, EventKind.SCENARIO, action));
    }

    private void start(int node) {
        world.start(node, host -> ToyNode.create(host, world.map().nodes()));
    }

    @Override
    public long[] totals() {
        NetworkStatistics statistics = world.network().statistics();
        return new long[] {statistics.sent(), statistics.delivered()};
    }

    @Override
    public boolean over(long nowNanos, long[] totals) {
        return nowNanos >= endNanos;
    }

    @Override
    public Recording finish() {
        var recording = new Recording(world.settings().seed());
        recording.counter("delivered", world.network().statistics().delivered());
        return recording;
    }
}
