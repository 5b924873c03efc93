package org.privatus.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.node.host.BindFailedException;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.results.CheckViolation;
import org.privatus.simulation.results.Measurements;
import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.results.Series;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.scenario.file.ScenarioReader;
import org.privatus.simulation.scenario.file.ScenarioSources;
import org.privatus.simulation.shard.RunObserver;
import org.privatus.simulation.shard.RunOutcome;
import org.privatus.simulation.world.World;
import org.privatus.testing.Seeded;

class ScenarioRunTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42})
    void two_runs_of_one_seed_are_the_same_on_one_and_two_shards(long seed) {
        Scenario scenario =
                scenario("people", "nodes=20", "seed=" + seed, "duration=90s", "network.loss=0.02", "people.share=0.2");
        Repetition.Verdict verdict = new Repetition(scenario, 1, RunObserver.NONE).run();
        assertThat(verdict.difference()).isEmpty();
        assertThat(verdict.secondShards()).isEqualTo(2);
        assertThat(verdict.second().traceHash()).isEqualTo(verdict.first().traceHash());
        assertThat(verdict.second().recording().toBytes())
                .isEqualTo(verdict.first().recording().toBytes());
        assertThat(measured(verdict.first()).messages().delivered()).isPositive();
    }

    @Test
    void faults_and_adversaries_repeat_on_three_shards() {
        Scenario scenario = scenario(
                "people",
                "nodes=40",
                "duration=80s",
                "people.count=4",
                "groups=[{name=slow, share=0.3, compute-factor=20}]",
                "faults=["
                        + "{kind=partition, at=10s, until=20s, side{share=0.5}},"
                        + "{kind=asymmetric-loss, at=25s, until=35s, from{share=0.5}, to{count=10}, loss=0.5},"
                        + "{kind=crash, at=30s, until=40s, nodes{count=4}, apart=1s, disk=lost},"
                        + "{kind=slow, at=5s, until=50s, nodes{count=5}, compute-factor=9, delay=100ms},"
                        + "{kind=clock-skew, at=5s, nodes{count=5}, offset=-3s, rate=1.01}]",
                "adversaries=["
                        + "{kind=relay, count=2, cells=drop, share=0.3},{kind=relay, count=2, cells=tag, share=0.1},"
                        + "{kind=relay, count=2, cells=delay, delay=1s},{kind=flood, count=1, rate=20, until=40s},"
                        + "{kind=flood, count=1, rate=20, content=malformed},{kind=sybil, count=3},"
                        + "{kind=eclipse, count=2, node=7, answers=garbage}]",
                "checks.all-delivered=false");
        RunOutcome one = ScenarioRun.of(scenario, 1).run();
        RunOutcome three = ScenarioRun.of(scenario, 3).run();
        assertThat(three.traceHash()).isEqualTo(one.traceHash());
        assertThat(three.recording().toBytes()).isEqualTo(one.recording().toBytes());
        assertThat(measured(one).total(Series.CRASHED)).isEqualTo(4);
        assertThat(measured(one).total(Series.STARTED)).isEqualTo(44);
        assertThat(measured(one).violations()).isEmpty();
    }

    @Test
    void sessions_end_with_and_without_a_word_alike_on_two_shards() throws IOException {
        Path file = directory.resolve("sessions.conf");
        Files.writeString(file, """
            description = "Sessions of five seconds."
            nodes = 24, duration = 8s, patience = 0s, settle = 5s, people.count = 2, checks.all-delivered = false
            churn { sessions { kind = fixed, length = 5s }, absences { kind = fixed, length = 4s } }
            network { nat.mix = measured, access.mix = homes, latency.model = coordinates }
            """);
        Repetition.Verdict verdict = new Repetition(scenario(file.toString()), 1, RunObserver.NONE).run();
        assertThat(verdict.difference()).isEmpty();
        assertThat(measured(verdict.first()).total(Series.CRASHED)).isPositive();
        assertThat(measured(verdict.first()).total(Series.STOPPED)).isPositive();
        assertThat(measured(verdict.first()).violations()).isEmpty();
    }

    @Seeded(10)
    void every_message_of_fifty_nodes_arrives_exactly_once(long seed) {
        Scenario scenario = scenario("people", "nodes=50", "seed=" + seed, "duration=2m", "network.loss=0.02");
        Measurements measured = sound(scenario);
        assertThat(measured.counters()).containsEntry("nodes.joined", 50L).containsEntry("people.ready", 5L);
        assertThat(measured.distribution(Metric.DELIVERY).count())
                .isEqualTo(measured.messages().sent());
    }

    @Test
    void real_primitives_carry_messages_too() {
        sound(scenario("people", "nodes=12", "seed=3", "duration=60s", "people.share=0.2", "crypto=real"));
    }

    @Test
    void killed_relays_lose_no_message() {
        Measurements measured = sound(scenario(
                "people",
                "nodes=30",
                "seed=11",
                "duration=4m",
                "people.share=0.15",
                "checks.recovery=60s",
                "faults=[{kind=crash, at=60s, until=2m, nodes{count=8}, among=relays, apart=10s}]"));
        assertThat(measured.total(Series.CRASHED)).isEqualTo(8);
    }

    @Test
    void killed_correspondents_lose_and_repeat_nothing() {
        Measurements measured = sound(scenario(
                "people",
                "nodes=30",
                "seed=12",
                "duration=4m",
                "people.share=0.15",
                "faults=[{kind=crash, at=70s, until=85s, nodes{share=1}, among=people, apart=1700ms}]"));
        assertThat(measured.total(Series.CRASHED)).isEqualTo(5);
        assertThat(measured.counters()).containsEntry("people.ready", 10L);
    }

    @Test
    void a_partition_that_heals_loses_nothing() {
        Measurements measured = sound(scenario(
                "people",
                "nodes=30",
                "seed=13",
                "duration=4m",
                "people.share=0.15",
                "faults=[{kind=partition, at=60s, until=100s, side{share=0.5}}]"));
        assertThat(measured.total(Series.LOST)).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ready=1s                    | ready
        lookups-answered=1          | lookups-answered
        recovery=1ms                | recovery
        """)
    void a_check_that_fails_is_named_with_node_and_time(String check, String name) {
        Scenario scenario = scenario(
                "people",
                "nodes=16",
                "duration=80s",
                "patience=30s",
                "people.count=2",
                "checks." + check,
                "faults=[{kind=asymmetric-loss, at=5s, until=75s, from{share=1}, to{share=1}, loss=1}]",
                "checks.all-delivered=false");
        Measurements measured = measured(ScenarioRun.of(scenario, 1).run());
        assertThat(measured.violated()).containsKey(name);
        assertThat(measured.violations())
                .filteredOn(violation -> violation.check().equals(name))
                .allSatisfy(violation -> assertThat(violation.timeNanos()).isPositive());
    }

    @Test
    void messages_that_never_arrive_fail_the_check_that_all_do() {
        Scenario scenario = scenario(
                "people",
                "nodes=16",
                "duration=40s",
                "patience=10s",
                "people.count=2",
                "faults=[{kind=partition, at=0s, side{list=[0]}}]");
        Measurements measured = measured(ScenarioRun.of(scenario, 1).run());
        assertThat(measured.violations())
                .extracting(CheckViolation::check)
                .contains(Judgement.ALL_DELIVERED)
                .doesNotContain(Judgement.ACKNOWLEDGED_KEPT);
    }

    @Test
    void what_people_write_is_looked_for_on_the_wire() {
        Scenario scenario = scenario("people", "nodes=2", "duration=10s", "people.count=2");
        RunOutcome outcome = ScenarioRun.of(scenario, 1)
                .preparing(world -> world.loop()
                        .runAs(
                                0,
                                () -> world.loop()
                                        .after(
                                                Duration.ofSeconds(5).toNanos(),
                                                0,
                                                EventKind.SCENARIO,
                                                () -> leak(world))))
                .run();
        assertThat(measured(outcome).violations()).anySatisfy(violation -> {
            assertThat(violation.check()).isEqualTo(Watch.NO_PLAINTEXT);
            assertThat(violation.node()).isZero();
            assertThat(violation.timeNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
        });
    }

    private static void leak(World world) {
        try {
            var any = SimulatedNetwork.endpointOf(0).withPort(9);
            byte[] text = ("..." + MessageText.of(7, 60)).getBytes(StandardCharsets.US_ASCII);
            world.network()
                    .of(0)
                    .bind(any, (from, datagram) -> {})
                    .send(SimulatedNetwork.endpointOf(1), text, text.length);
        } catch (BindFailedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_observer_ends_a_run_at_a_whole_second() {
        List<Long> seconds = new ArrayList<>();
        var observer = new RunObserver() {
            @Override
            public void second(long simulatedNanos, long[] totals, long events) {
                seconds.add(simulatedNanos);
            }

            @Override
            public boolean stopWanted() {
                return seconds.size() >= 20;
            }
        };
        RunOutcome outcome = ScenarioRun.of(scenario("people", "nodes=16"), 2)
                .observedBy(observer)
                .run();
        assertThat(outcome.stopped()).isTrue();
        assertThat(outcome.simulatedNanos()).isLessThan(Duration.ofSeconds(25).toNanos());
        assertThat(measured(outcome).violations()).isEmpty();
    }

    @Test
    void clocks_that_are_wrong_and_slow_machines_lose_nothing() {
        sound(scenario(
                "people",
                "nodes=24",
                "duration=2m",
                "people.count=4",
                "faults=[{kind=clock-skew, at=10s, nodes{share=0.4}, offset=-2m, rate=0.99},"
                        + "{kind=slow, at=10s, nodes{share=0.4}, compute-factor=50, delay=50ms}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "churn{sessions{kind=fixed, length=5s}, absences{kind=fixed, length=4s}, crashes=0}",
                "flash-crowd{nodes=10, at=3s, within=1s}"
            })
    void the_end_of_a_crash_starts_only_who_was_hit_by_it(String comings) {
        Scenario scenario = scenario(
                "people",
                "nodes=24",
                "settle=5s",
                "duration=8s",
                "patience=0s",
                "people.count=2",
                "checks.all-delivered=false",
                comings.replaceFirst("\\{", "={"),
                "faults=[{kind=crash, at=100ms, until=1s, nodes{share=1}}]");
        RunOutcome outcome = ScenarioRun.of(scenario, 1).run();
        assertThat(outcome.stopped()).isFalse();
        assertThat(measured(outcome).total(Series.STARTED)).isGreaterThan(24);
    }

    @Test
    void what_nodes_counted_in_lives_that_ended_is_counted() {
        Measurements measured = measured(ScenarioRun.of(
                        scenario(
                                "people",
                                "nodes=24",
                                "settle=20s",
                                "duration=40s",
                                "patience=0s",
                                "people.count=4",
                                "checks.all-delivered=false",
                                "churn={sessions{kind=fixed, length=30s}, absences{kind=fixed, length=4s}}",
                                "faults=[{kind=crash, at=5s, until=10s, nodes{share=1}, among=people}]"),
                        1)
                .run());
        assertThat(measured.total(Series.CRASHED)).isPositive();
        assertThat(measured.total(Series.STOPPED)).isPositive();
        assertThat(measured.counter("circuits.built")).hasValue(measured.total(Series.CIRCUITS_BUILT));
    }

    @Test
    void nothing_is_recorded_after_the_end_that_depends_on_the_shards() {
        Scenario scenario = scenario(
                "people",
                "nodes=24",
                "settle=20s",
                "duration=10s",
                "patience=0s",
                "people.share=0.5",
                "people.interval=100ms",
                "network.latency.median=2ms",
                "network.latency.sigma=0",
                "checks.all-delivered=false");
        RunOutcome one = ScenarioRun.of(scenario, 1).run();
        RunOutcome two = ScenarioRun.of(scenario, 2).run();
        assertThat(measured(two).counters()).isEqualTo(measured(one).counters());
        assertThat(two.recording().toBytes()).isEqualTo(one.recording().toBytes());
        assertThat(measured(one).counter("network.sent")).hasValue(measured(one).total(Series.DATAGRAMS));
    }

    @Test
    void a_run_goes_on_until_its_checks_have_looked() {
        Scenario scenario = scenario(
                "people", "nodes=12", "duration=2s", "patience=1s", "checks.ready=90s", "checks.all-delivered=false");
        RunOutcome outcome = ScenarioRun.of(scenario, 2).run();
        assertThat(outcome.simulatedNanos())
                .isGreaterThan(Duration.ofSeconds(90).toNanos());
        assertThat(outcome.stopped()).isFalse();
    }

    @Test
    void a_check_that_has_nothing_to_look_at_does_not_hold() {
        Scenario scenario = scenario("people", "checks.lookups-answered=0.1");
        var recording = new Recording(scenario.seed());
        recording.sent(1, 0, 1, 5);
        recording.refused(1, 6);
        Judgement.pass(scenario, recording, 10, true);
        assertThat(recording.measurements().violated())
                .containsOnlyKeys(Judgement.ALL_DELIVERED, Judgement.LOOKUPS_ANSWERED);
    }

    @Test
    void runs_of_which_one_was_stopped_are_not_the_same() {
        var secondRun = new RunObserver() {
            private int begun;

            @Override
            public void second(long simulatedNanos, long[] totals, long events) {
                begun += simulatedNanos == Duration.ofSeconds(1).toNanos() ? 1 : 0;
            }

            @Override
            public boolean stopWanted() {
                return begun > 1;
            }
        };
        Scenario scenario = scenario("kad-1", "nodes=20", "duration=100ms");
        Repetition.Verdict verdict = new Repetition(scenario, 1, secondRun).run();
        assertThat(verdict.first().stopped()).isFalse();
        assertThat(verdict.second().stopped()).isTrue();
        assertThat(verdict.isCompared()).isFalse();
        assertThat(verdict.isRepeatable()).isFalse();
    }

    @Test
    void an_actor_that_fails_is_noticed_where_the_workload_is_lookups() {
        RunOutcome outcome = ScenarioRun.of(scenario("kad-1", "nodes=20", "duration=1s"), 1)
                .preparing(world -> world.after(Duration.ofMillis(500), () -> {
                    ActorRef<Object> guardian = world.guardian(7).orElseThrow().unsafeUpcast();
                    world.tell(7, guardian, new Object());
                }))
                .run();
        assertThat(measured(outcome).violated()).containsEntry(CheckViolation.NO_CRASHES, 1L);
    }

    private static Measurements sound(Scenario scenario) {
        Measurements measured = measured(ScenarioRun.of(scenario, 1).run());
        assertThat(measured.violations()).isEmpty();
        assertThat(measured.messages().sent()).isPositive();
        assertThat(measured.messages().isExactlyOnce())
                .as(measured.messages().toString())
                .isTrue();
        assertThat(measured.messages().acknowledged()).isPositive();
        return measured;
    }

    private static Measurements measured(RunOutcome outcome) {
        return outcome.recording().measurements();
    }

    static Scenario scenario(String name, String... assignments) {
        ScenarioSources sources = ScenarioSources.of(name);
        for (String assignment : assignments) {
            sources = sources.set(assignment);
        }
        return ScenarioReader.read(sources);
    }
}
