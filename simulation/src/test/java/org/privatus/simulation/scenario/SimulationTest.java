package org.privatus.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.testing.Seeded;

class SimulationTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42})
    void two_runs_of_one_seed_are_the_same(long seed) {
        SimulationOptions options = SimulationOptions.of(20, seed)
                .withDuration(Duration.ofSeconds(90))
                .withLoss(0.02)
                .withPeople(0.2);
        Repetition.Verdict verdict = new Repetition(options, Progress.NONE).run();
        assertThat(verdict.difference()).isEmpty();
        assertThat(verdict.secondHash()).isEqualTo(verdict.report().traceHash());
        assertThat(verdict.report().messages().delivered()).isPositive();
    }

    @Seeded(20)
    void every_message_of_fifty_nodes_arrives_exactly_once(long seed) {
        SimulationOptions options = SimulationOptions.of(50, seed)
                .withDuration(Duration.ofMinutes(2))
                .withLoss(0.02);
        SimulationReport report = Simulation.run(options, Progress.NONE);
        assertSound(report);
        assertThat(report.joined()).isEqualTo(50);
        assertThat(report.ready()).isEqualTo(5);
    }

    @Test
    void real_primitives_carry_messages_too() {
        SimulationOptions options = SimulationOptions.of(12, 3)
                .withDuration(Duration.ofSeconds(60))
                .withPeople(0.2)
                .withRealCrypto(true);
        assertSound(Simulation.run(options, Progress.NONE));
    }

    @Test
    void killed_relays_lose_no_message() {
        SimulationOptions options =
                SimulationOptions.of(30, 11).withDuration(Duration.ofMinutes(4)).withPeople(0.15);
        try (var simulation = new Simulation(options)) {
            List<Integer> relays = relays(simulation, 30);
            for (int i = 0; i < 8; i++) {
                int relay = relays.get(i);
                simulation
                        .world()
                        .after(
                                Duration.ofSeconds(60 + 10 * i),
                                () -> simulation.population().kill(relay));
                simulation.world().after(Duration.ofSeconds(120 + 10 * i), () -> simulation.restart(relay));
            }
            assertSound(simulation.run(Progress.NONE));
        }
    }

    @Test
    void killed_correspondents_lose_and_repeat_nothing() {
        SimulationOptions options =
                SimulationOptions.of(30, 12).withDuration(Duration.ofMinutes(4)).withPeople(0.15);
        try (var simulation = new Simulation(options)) {
            int index = 0;
            for (int person : simulation.population().withPerson()) {
                Duration when = Duration.ofSeconds(70).plusMillis(1700L * index++);
                simulation.world().after(when, () -> simulation.population().kill(person));
                simulation.world().after(when.plusSeconds(15), () -> simulation.restart(person));
            }
            assertSound(simulation.run(Progress.NONE));
        }
    }

    @Test
    void kills_and_restarts_repeat_as_well() {
        assertThat(hashWithKills()).isEqualTo(hashWithKills());
    }

    private static String hashWithKills() {
        SimulationOptions options = SimulationOptions.of(16, 14)
                .withDuration(Duration.ofSeconds(80))
                .withPeople(0.3);
        try (var simulation = new Simulation(options)) {
            for (int node = 1; node < 6; node++) {
                int victim = node;
                Duration when = Duration.ofSeconds(30 + 3L * node);
                simulation.world().after(when, () -> simulation.population().kill(victim));
                simulation.world().after(when.plusSeconds(7), () -> simulation.restart(victim));
            }
            SimulationReport report = simulation.run(Progress.NONE);
            assertThat(report.network().lost()).as("datagrams to the dead").isPositive();
            return report.traceHash();
        }
    }

    @Test
    void a_partition_that_heals_loses_nothing() {
        SimulationOptions options =
                SimulationOptions.of(30, 13).withDuration(Duration.ofMinutes(4)).withPeople(0.15);
        try (var simulation = new Simulation(options)) {
            simulation
                    .world()
                    .after(
                            Duration.ofSeconds(60),
                            () -> simulation.world().network().partition(node -> node % 2 == 0));
            simulation
                    .world()
                    .after(
                            Duration.ofSeconds(100),
                            () -> simulation.world().network().heal());
            assertSound(simulation.run(Progress.NONE));
        }
    }

    private static List<Integer> relays(Simulation simulation, int nodes) {
        return IntStream.range(3, nodes)
                .filter(node -> !simulation.population().carriesPerson(node))
                .boxed()
                .toList();
    }

    private static void assertSound(SimulationReport report) {
        assertThat(report.messages().sent()).isPositive();
        assertThat(report.messages().isExactlyOnce()).as(report.toString()).isTrue();
        assertThat(report.messages().acknowledged()).as(report.toString()).isPositive();
        assertThat(report.crashes()).isEmpty();
    }
}
