package org.privatus.simulation.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.scenario.Adversary;
import org.privatus.simulation.scenario.Fault;
import org.privatus.simulation.scenario.People;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.scenario.Workload;

class ScenarioReaderTest {
    @TempDir
    private Path directory;

    static List<String> shipped() {
        return ScenarioLibrary.names();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shipped_scenarios_are_sound_and_say_what_they_show(String name) {
        Scenario scenario = ScenarioReader.read(ScenarioSources.of(name));
        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.description()).isNotBlank().endsWith(".");
        assertThat(ScenarioLibrary.find(name).headline()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void the_text_of_a_scenario_reads_as_the_same_scenario(String name) throws IOException {
        Scenario scenario = ScenarioReader.read(ScenarioSources.of(name).set("seed=7"));
        Path file = directory.resolve(name + ".conf");
        Files.writeString(file, scenario.text());
        assertThat(ScenarioReader.read(ScenarioSources.of(file.toString()))).isEqualTo(scenario);
    }

    @Test
    void a_file_says_only_what_it_has_otherwise() throws IOException {
        Scenario scenario = read("""
            based-on = normal-load
            nodes = 50
            people { count = 20, rate = 10 }
            faults = [{ kind = crash, at = 1m, nodes { count = 3 }, disk = lost }]
            adversaries = [{ kind = eclipse, count = 4, node = 17 }]
            """);
        assertThat(scenario.name()).isEqualTo("mine");
        assertThat(scenario.workload()).isEqualTo(new Workload.Messages(new People(20, 2, Duration.ofSeconds(2), 100)));
        assertThat(scenario.duration()).isEqualTo(Duration.ofMinutes(5));
        assertThat(scenario.honestNodes()).isEqualTo(46);
        assertThat(scenario.faults()).singleElement().isInstanceOfSatisfying(Fault.Crash.class, crash -> {
            assertThat(crash.keepsDisk()).isFalse();
            assertThat(crash.until()).isEmpty();
        });
        assertThat(scenario.adversaries()).singleElement().isInstanceOf(Adversary.Sybil.class);
    }

    @Test
    void assignments_are_stronger_than_the_file_and_options_than_these() {
        Scenario scenario = ScenarioReader.read(ScenarioSources.of("people")
                .set("network.loss=0.05")
                .set("settings.privatus.dht.lookup.parallelism=4")
                .set("nodes=30")
                .option("--nodes", "nodes", 40));
        assertThat(scenario.network().settings().loss()).isEqualTo(0.05);
        assertThat(scenario.nodes()).isEqualTo(40);
        assertThat(scenario.settings()).contains("privatus.dht.lookup.parallelism=4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        network { los = 0.1 }                                | mine.conf:2: there is no key network.los; known here: access, duplication,
        duraton = 3m                                         | mine.conf:2: there is no key duraton; known here:
        duration = 213504d                                   | mine.conf:2: duration is 213504d; allowed: a length of time from 1ms to 30d
        network.largest-datagram = 17179869185GiB            | mine.conf:2: network.largest-datagram is 17179869185GiB; allowed: a size
        people.message = 36028797018963969KiB                | mine.conf:2: people.message is 36028797018963969KiB; allowed: a size
        workload=kad-1, checks.recovery=9s                   | mine.conf:2: checks.recovery is 9s, but workload is kad-1
        workload=kad-1, checks.lookups-answered=1            | mine.conf:2: checks.lookups-answered is 1, but workload is kad-1
        workload=kad-1, checks.queues-bounded=true           | mine.conf:2: checks.queues-bounded is true, but workload is kad-1
        checks.lookups-found = 0.5                           | mine.conf:2: checks.lookups-found is 0.5, but workload is messages
        workload=kad-1, duration=1d, lookups.interval=1us    | mine.conf:2: duration is 1d with a lookup each 1us; allowed: up to 100000000 lookups
        include "other.conf"                                 | mine.conf: a scenario includes nothing
        include file("/etc/hostname")                        | mine.conf: a scenario includes nothing
        include url("http://127.0.0.1:1/x")                  | mine.conf: a scenario includes nothing
        duration = 30                                        | mine.conf:2: duration is 30; allowed: a length of time from 1ms to 30d
        duration = 30 furlongs                               | mine.conf:2: duration is 30 furlongs; allowed: a length of time
        network.loss = 5%                                    | mine.conf:2: network.loss is 5%; allowed: a number from 0 to 1
        network.loss = 1.5                                   | mine.conf:2: network.loss is 1.5; allowed: a number from 0 to 1
        nodes = 0                                            | mine.conf:2: nodes is 0; allowed: a whole number from 1 to 2000000
        nodes = 3.5                                          | mine.conf:2: nodes is 3.5; allowed: a whole number
        nodes = [1]                                          | mine.conf:2: nodes is [1]; allowed: a whole number
        nodes = null                                         | nodes is missing
        crypto = fake                                        | mine.conf:2: crypto is fake; allowed: stub, real
        crypto = real                                        | mine.conf:2: crypto is real with 100 nodes; allowed: real for up to 50 nodes
        network = 3                                          | mine.conf:2: network is 3; allowed: a section in curly brackets
        faults = 3                                           | mine.conf:2: faults is 3; allowed: a list in square brackets
        people.count = 101                                   | mine.conf:2: people.count is 101, but only 100 nodes can carry a person
        people.count = 1                                     | mine.conf:2: people.count is 1; allowed: 0, or at least 2
        people.rate = 1000                                   | mine.conf:2: people.rate is 1000 messages per second of 10 people
        people { count = 0, rate = 1 }                       | mine.conf:2: people.rate is 1, but there are no people
        people.message = 20                                  | mine.conf:2: people.message is 20; allowed: a size from 48 to 16384 bytes
        adversaries = [{kind=relay, cells=drop, count=100}]  | mine.conf:2: adversaries[0].count is 100 of 100 nodes; allowed: fewer than nodes
        adversaries = [{kind=relay, cells=eat, count=1}]     | mine.conf:2: adversaries[0].cells is eat; allowed: drop, delay, tag
        adversaries = [{kind=sybil, person=99, count=1}]     | they surround person 99, but there are 10 people
        adversaries = [{kind=eclipse, node=99, count=1}]     | they surround node 99, which is one of themselves
        adversaries = [{kind=flood, count=1}]                | mine.conf:2: adversaries[0].rate is missing
        faults = [{kind=partition, at=16m, side{share=1}}]   | mine.conf:2: faults[0].at is 16m, after the end of the run; allowed: before duration + patience, which is 15m
        faults = [{kind=partition, at=1m, until=1m, side{share=1}}] | faults[0].until is 1m, not after its beginning
        faults = [{kind=partition, at=1m, side{}}]           | mine.conf:2: faults[0].side is {}; allowed: { count = 5 }
        faults = [{kind=quake, at=1m}]                       | mine.conf:2: faults[0].kind is quake; allowed: partition,
        faults = [{kind=crash, at=1m, nodes{count=2}, k=1}]  | mine.conf:2: there is no key faults[0].k
        workload=kad-1, faults=[{kind=partition,at=1m,side{share=1}}] | but workload is kad-1
        settings { privatus.dht.lookup.parallelism = 900 }   | mine.conf:2: setting privatus.dht.lookup.parallelism
        settings { privatus.dht.lookup.paralelism = 3 }      | mine.conf:2: there is no setting privatus.dht.lookup.paralelism: did you mean
        groups = [{name=a, share=0.7},{name=b, share=0.7}]   | mine.conf:2: groups[1].share is 0.7: the shares of all groups
        based-on = nothing                                   | mine.conf:2: based-on is nothing; allowed: people, local
        network { loss = 1                                   | mine.conf:2: this is no HOCON
        """)
    void mistakes_are_one_line_with_their_place(String line, String expected) {
        UserError error = refused("nodes = 100\n" + line);
        assertThat(error.getMessage()).doesNotContain("\n").contains(expected);
        assertThat(error.exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void a_mistake_on_the_command_line_names_the_option() {
        assertThat(refusedAssignment("network.loss=2")).startsWith("--set network.loss: network.loss is 2; allowed:");
        assertThat(refusedAssignment("network.los=2")).startsWith("--set network.los: there is no key network.los;");
        assertThat(refusedAssignment("network.loss")).contains("write KEY=VALUE");
        assertThat(catchThrowableOfType(UserError.class, () -> ScenarioSources.of("nowhere.conf")))
                .hasMessageContaining("there is no scenario or file nowhere.conf; shipped are people, local");
    }

    private static String refusedAssignment(String assignment) {
        return catchThrowableOfType(
                        UserError.class,
                        () -> ScenarioReader.read(ScenarioSources.of("people").set(assignment)))
                .getMessage();
    }

    private UserError refused(String text) {
        return catchThrowableOfType(UserError.class, () -> read(text));
    }

    private Scenario read(String text) throws IOException {
        Path file = directory.resolve("mine.conf");
        Files.writeString(file, text);
        return ScenarioReader.read(ScenarioSources.of(file.toString()));
    }
}
