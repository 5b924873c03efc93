package org.privatus.simulation.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.ForeignThreadException;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;
import org.privatus.testing.Seeded;

class ShardedRunTest {
    private static final int NODES = 30;
    private static final long SECOND = 1_000_000_000L;

    @Seeded(4)
    void any_number_of_shards_gives_the_same_run(long seed) {
        RunOutcome one = run(seed, 1, Duration.ofSeconds(8));
        assertThat(one.events()).isGreaterThan(4_000);
        for (int shards : new int[] {2, 3, 4}) {
            RunOutcome several = run(seed, shards, Duration.ofSeconds(8));
            assertThat(several.nodeHashes()).as("%d shards", shards).isEqualTo(one.nodeHashes());
            assertThat(several.traceHash()).isEqualTo(one.traceHash());
            assertThat(several.events()).isEqualTo(one.events());
            assertThat(several.recording().toBytes()).isEqualTo(one.recording().toBytes());
            assertThat(several.costs())
                    .hasSize(shards)
                    .allSatisfy(cost -> assertThat(cost.datagrams()).isPositive());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void the_real_nodes_do_the_same_on_any_number_of_shards(int seed) {
        RunOutcome one = lookups(seed, 1);
        assertThat(lookups(seed, 2).nodeHashes()).isEqualTo(one.nodeHashes());
        assertThat(lookups(seed, 4).nodeHashes()).isEqualTo(one.nodeHashes());
        assertThat(one.events()).isGreaterThan(5_000);
    }

    @Test
    void another_seed_gives_another_run() {
        assertThat(run(2, 2, Duration.ofSeconds(2)).traceHash())
                .isNotEqualTo(run(3, 2, Duration.ofSeconds(2)).traceHash());
    }

    @Test
    void the_observer_is_told_each_second_and_the_end_and_the_same_for_any_number_of_shards() {
        List<String> one = seconds(1);
        assertThat(one).hasSize(5).endsWith("over");
        assertThat(seconds(3)).isEqualTo(one);
    }

    @Test
    void a_stop_takes_effect_at_the_same_whole_second_on_all_shards() {
        var stopAfterThree = new RunObserver() {
            private int seconds;

            @Override
            public void second(long simulatedNanos, long[] totals, long events) {
                seconds++;
            }

            @Override
            public boolean stopWanted() {
                return seconds >= 3;
            }
        };
        RunOutcome stopped =
                ShardedRun.run(settings(5, NODES), 3, ToyProgram.lasting(Duration.ofHours(1)), stopAfterThree);
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.simulatedNanos()).isEqualTo(4 * SECOND);
        assertThat(stopped.traceHash())
                .isEqualTo(run(5, 1, Duration.ofSeconds(4)).traceHash());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void a_failure_on_one_shard_ends_the_run_with_its_cause(int shards) {
        ProgramFactory failing = world -> new Variation(world) {
            @Override
            public void begin() {
                super.begin();
                if (world.isHere(NODES - 1)) {
                    EventLoop loop = world.loop();
                    loop.runAs(
                            NODES - 1,
                            () -> loop.after(2 * SECOND + 5, NODES - 1, EventKind.SCENARIO, () -> {
                                throw new UnsupportedOperationException("on purpose");
                            }));
                }
            }
        };
        assertThatThrownBy(() -> ShardedRun.run(settings(1, NODES), shards, failing, RunObserver.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("shard %d failed at 2.000000005 s: on purpose", shards - 1)
                .hasCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_failure_while_a_program_is_made_ends_the_run() {
        ProgramFactory failing = world -> {
            if (world.shard() == 1) {
                throw new UnsupportedOperationException("no program");
            }
            return new Variation(world);
        };
        assertThatThrownBy(() -> ShardedRun.run(settings(1, NODES), 2, failing, RunObserver.NONE))
                .hasMessageContaining("shard 1")
                .hasMessageContaining("no program")
                .hasCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_shard_that_touches_another_s_loop_ends_the_run() {
        var worlds = new World[2];
        ProgramFactory touching = world -> {
            worlds[world.shard()] = world;
            return new Variation(world) {
                @Override
                public boolean over(long nowNanos, long[] totals) {
                    if (world.shard() == 1) {
                        worlds[0].loop().execute(() -> {});
                    }
                    return false;
                }
            };
        };
        assertThatThrownBy(() -> ShardedRun.run(settings(1, NODES), 2, touching, RunObserver.NONE))
                .hasRootCauseInstanceOf(ForeignThreadException.class);
    }

    @Test
    void nothing_that_happens_costs_one_exchange_per_second() {
        ProgramFactory idle = world -> new Variation(world) {
            @Override
            public void begin() {}

            @Override
            public boolean over(long nowNanos, long[] totals) {
                return nowNanos >= 500 * SECOND;
            }
        };
        RunOutcome outcome = ShardedRun.run(settings(1, NODES), 2, idle, RunObserver.NONE);
        assertThat(outcome.costs())
                .allSatisfy(cost -> assertThat(cost.windows()).isEqualTo(501));
    }

    @Test
    void links_without_a_known_latency_are_refused() {
        var settings = settings(1, NODES).withLatency((from, to) -> 5);
        assertThatThrownBy(() -> ShardedRun.run(settings, 2, Variation::new, RunObserver.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run with one shard");
    }

    private static List<String> seconds(int shards) {
        var told = new ArrayList<String>();
        ShardedRun.run(settings(7, NODES), shards, ToyProgram.lasting(Duration.ofSeconds(4)), new RunObserver() {
            @Override
            public void second(long simulatedNanos, long[] totals, long events) {
                told.add(simulatedNanos + " " + Arrays.toString(totals) + " " + events);
            }

            @Override
            public boolean stopWanted() {
                return false;
            }

            @Override
            public void over() {
                told.add("over");
            }
        });
        return told;
    }

    private static RunOutcome run(long seed, int shards, Duration duration) {
        return ShardedRun.run(settings(seed, NODES), shards, ToyProgram.lasting(duration), RunObserver.NONE);
    }

    private static RunOutcome lookups(long seed, int shards) {
        return ShardedRun.run(settings(seed, 50), shards, LookupProgram::new, RunObserver.NONE);
    }

    private static WorldSettings settings(long seed, int nodes) {
        return WorldSettings.of(nodes, seed, new StubSuite()).withNetwork(NetworkSettings.DEFAULT.withLoss(0.02));
    }

    /// Three seconds of toy nodes, to be varied.
    private static class Variation implements Program {
        private final Program toys;

        Variation(World world) {
            this.toys = ToyProgram.lasting(Duration.ofSeconds(3)).create(world);
        }

        @Override
        public void begin() {
            toys.begin();
        }

        @Override
        public long[] totals() {
            return toys.totals();
        }

        @Override
        public boolean over(long nowNanos, long[] totals) {
            return toys.over(nowNanos, totals);
        }

        @Override
        public Recording finish() {
            return toys.finish();
        }
    }
}
