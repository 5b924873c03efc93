package org.privatus.simulation.results;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// A run that never was, with the shapes of real ones: people write, nodes churn, the network is cut in two for a while.
public final class SyntheticRun {
    public static final String SCENARIO = """
        # nodes & people: 1 < 2, "quoted" </pre><script>alert(1)</script>
        nodes = 1000
        people = 0.1
        """;

    private static final long SECOND = 1_000_000_000L;

    private SyntheticRun() {}

    /// @param slowness multiplies every duration
    public static RunResult of(long seed, int seconds, double slowness, Optional<String> partial) {
        var recording = new Recording(seed);
        var random = new SplittableRandom(seed);
        long messages = 0;
        int up = 1000;
        for (int second = 0; second < seconds; second++) {
            long at = second * SECOND;
            boolean cut = second > seconds * 0.4 && second < seconds * 0.55;
            recording.count(Series.EVENTS, at, 200_000 + random.nextInt(40_000));
            recording.count(Series.DATAGRAMS, at, 20_000 + random.nextInt(2_000));
            recording.count(Series.BYTES, at, 9_000_000 + random.nextInt(900_000));
            recording.count(Series.LOST, at, cut ? 9_000 + random.nextInt(900) : random.nextInt(40));
            int started = random.nextInt(4);
            int stopped = random.nextInt(cut ? 6 : 3);
            up += started - stopped;
            recording.count(Series.STARTED, at, started);
            recording.count(Series.STOPPED, at, stopped);
            recording.count(Series.CRASHED, at, random.nextInt(20) == 0 ? 1 : 0);
            recording.gauge(Series.NODES_UP, at, up);
            for (int i = 0; i < 30; i++) {
                recording.sample(Metric.LOOKUP, at, i, nanos(random, slowness * 300, 0.5));
                recording.count(Series.LOOKUPS, at, 1);
                recording.count(Series.LOOKUP_REQUESTS, at, 14 + random.nextInt(10));
                recording.counter(CounterNames.LOOKUP_DEPTH, random.nextInt(5));
                recording.counter(CounterNames.LOOKUP_SUCCESSES, random.nextInt(1000) == 0 ? 0 : 1);
            }
            for (int i = 0; i < 5; i++) {
                recording.sample(Metric.CIRCUIT_BUILD, at, i, nanos(random, slowness * 900, 0.4));
                recording.count(cut && i == 0 ? Series.CIRCUITS_FAILED : Series.CIRCUITS_BUILT, at, 1);
            }
            for (int i = 0; i < 20; i++) {
                long id = messages++;
                recording.sent(id, i, i + 100, at);
                long took = nanos(random, slowness * (cut ? 9000 : 700), 0.6);
                if (at + took < (seconds + 100) * SECOND) {
                    recording.shown(id, i + 100, at + took);
                    recording.acknowledged(id, 3, at + took * 2);
                }
            }
        }
        if (partial.isPresent()) {
            for (int i = 0; i < 7; i++) {
                recording.violation(new CheckViolation(
                        "queues-bounded", 17 + i, (100 + i * 3) * SECOND, "queue \"out\", <b>900</b> of 512 entries"));
            }
        }
        for (int i = 0; i < 60; i++) {
            recording.counter("link.frames.kind-" + i, random.nextLong(1_000_000_000));
        }
        return new RunResult(info(seed, seconds, partial), recording);
    }

    private static RunInfo info(long seed, int seconds, Optional<String> partial) {
        var costs = new RunCosts(
                seconds / 8.0,
                1.4,
                OptionalLong.of(11_482),
                List.of(
                        new RunCosts.OfShard(0, 0.7, seconds / 10.0, 0.6, seconds * 110_000L, 123_456),
                        new RunCosts.OfShard(1, 0.7, seconds / 16.0, 0.9, seconds * 108_000L, 121_998)));
        return new RunInfo(
                "partition",
                "A thousand nodes, a hundred people; the network is cut in two for some minutes and heals.",
                SCENARIO,
                "./privatus simulate partition --nodes 1000 --seed " + seed + " --shards 2",
                seed,
                1000,
                String.format("%016x", seed * 0x9E3779B97F4A7C15L),
                seconds * 218_000L,
                seconds,
                partial,
                List.of(
                        new Period("partition", seconds * 0.4, seconds * 0.55),
                        new Period("slow nodes <17>", seconds * 0.75, seconds * 0.8)),
                costs);
    }

    private static long nanos(SplittableRandom random, double medianMillis, double sigma) {
        double normal = random.nextGaussian();
        return (long) (medianMillis * StrictMath.exp(sigma * normal) * 1e6);
    }
}
