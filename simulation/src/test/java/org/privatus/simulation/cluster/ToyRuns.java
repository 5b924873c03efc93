package org.privatus.simulation.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.shard.RunObserver;
import org.privatus.simulation.shard.ToyProgram;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.world.WorldSettings;

/// Runs of toy nodes, described by a seed, a duration and the shard that shall fail, if any; and a process that is a member of
/// one.
public final class ToyRuns {
    private static final int NODES = 30;
    private static final int NO_SHARD = -1;

    private ToyRuns() {}

    static byte[] describe(long seed, Duration duration) {
        return describe(seed, duration, NO_SHARD);
    }

    static byte[] describe(long seed, Duration duration, int failingShard) {
        return (seed + " " + duration + " " + failingShard).getBytes(StandardCharsets.US_ASCII);
    }

    static RunPlan read(byte[] description) {
        String[] words = new String(description, StandardCharsets.US_ASCII).split(" ", -1);
        var settings = WorldSettings.of(NODES, Long.parseLong(words[0]), new StubSuite())
                .withNetwork(NetworkSettings.DEFAULT.withLoss(0.02));
        int failing = Integer.parseInt(words[2]);
        return new RunPlan(settings, world -> {
            if (world.shard() == failing) {
                throw new UnsupportedOperationException("on purpose");
            }
            return ToyProgram.lasting(Duration.parse(words[1])).create(world);
        });
    }

    /// Joins the coordinator at the address that is the first argument.
    public static void main(String[] arguments) throws ClusterException {
        ClusterMember.join(ClusterSettings.of("127.0.0.1", 0, 1), arguments[0], ToyRuns::read, RunObserver.NONE);
    }
}
