package org.privatus.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.results.ResultDirectory;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.scenario.file.ScenarioReader;
import org.privatus.simulation.scenario.file.ScenarioSources;
import org.privatus.simulation.shard.RunOutcome;

class SimulateCommandTest {
    private final CommandLineRun simulate = new CommandLineRun();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nodes 0",
                "--nodes many",
                "--nodes 51 --crypto real",
                "--duration 10",
                "--duration 0s",
                "--loss 1.5",
                "--crypto none",
                "--sed 4",
                "--set network.loss",
                "--set network.los=1",
                "--shards 0",
                "--nodes 4 --shards 5",
                "--nodes 4 --cluster 5",
                "--cluster 0",
                "--cluster 2 --check",
                "--cluster 2 --expect 2",
                "--cluster-listen 127.0.0.1:0",
                "--cluster-listen nowhere --expect 2",
                "--cluster 2 --cluster-transport pigeon",
                "--cluster-join nowhere",
                "--shrink --check",
                "--until tomorrow",
                "--until 5 --check",
                "--until 5 --shards 2",
                "--describe nothing",
                "nowhere.conf",
                "people partition"
            })
    void bad_input_is_one_line_and_exit_code_2(String arguments) {
        assertThat(simulate.run(arguments)).as(simulate.err()).isEqualTo(ExitCodes.USAGE);
        assertThat(simulate.err().lines()).hasSize(1);
        assertThat(simulate.out()).isEmpty();
    }

    @Test
    void more_nodes_than_the_heap_holds_are_refused_before_anything_starts() {
        assertThat(simulate.run("--nodes 2000000")).isEqualTo(ExitCodes.FAILED);
        assertThat(simulate.err()).contains("GiB of heap", "PRIVATUS_HEAP=").hasLineCount(1);
    }

    @Test
    void shipped_scenarios_are_listed_and_described() {
        assertThat(simulate.run("--list")).isEqualTo(ExitCodes.OK);
        assertThat(simulate.out()).contains("normal-load", "hostile-relays", "kad-1");
        simulate.forgetOut();
        assertThat(simulate.run("--describe defaults")).isEqualTo(ExitCodes.OK);
        assertThat(simulate.out()).contains("# Share of datagrams that vanish.", "loss = 0");
    }

    @Test
    void a_small_run_prints_its_summary_and_hash() {
        int code = simulate.run("--nodes 12 --seed 5 --duration 90s --people 0.2");
        assertThat(code).as(simulate.toString()).isEqualTo(ExitCodes.OK);
        assertThat(simulate.out())
                .contains("messages", "0 missing", "0 repeated")
                .containsPattern("trace +[0-9a-f]{16}");
    }

    @Test
    void a_run_on_two_processes_has_the_hash_of_one() throws Exception {
        String arguments = "--nodes 12 --seed 5 --duration 30s --people 0.2 --json";
        assertThat(simulate.run(arguments)).isEqualTo(ExitCodes.OK);
        JsonNode one = new ObjectMapper().readTree(simulate.out());
        simulate.forgetOut();
        assertThat(simulate.run(arguments + " --cluster 2"))
                .as(simulate.toString())
                .isEqualTo(ExitCodes.OK);
        JsonNode two = new ObjectMapper().readTree(simulate.out());
        assertThat(two.get("traceHash")).isEqualTo(one.get("traceHash"));
        assertThat(two.get("events")).isEqualTo(one.get("events"));
    }

    @Test
    void a_checked_run_says_in_json_that_it_repeats() throws Exception {
        int code = simulate.run("--nodes 12 --seed 6 --duration 60s --people 0.2 --check --json");
        assertThat(code).as(simulate.toString()).isEqualTo(ExitCodes.OK);
        JsonNode report = new ObjectMapper().readTree(simulate.out());
        assertThat(report.get("repeatable").booleanValue()).isTrue();
        assertThat(report.get("secondTraceHash")).isEqualTo(report.get("traceHash"));
        assertThat(report.get("secondShards").intValue()).isEqualTo(2);
        assertThat(report.get("nodes").intValue()).isEqualTo(12);
    }

    @Test
    void a_failed_check_gives_exit_code_3_and_a_command_that_replays_it() {
        int code = simulate.run("--nodes 12 --seed 5 --duration 20s --people 0.2 --set checks.ready=1s");
        assertThat(code).isEqualTo(SimulationExitCodes.CHECK_FAILED);
        assertThat(simulate.out())
                .containsPattern("FAILED +ready at 1\\.240 s, node 0: the person cannot be reached")
                .contains("privatus simulate people --set checks.ready=1s --nodes 12 --duration 20000ms --people 0.2"
                        + " --seed 5");
    }

    @ParameterizedTest
    @CsvSource({
        "local, --duration 20s",
        "normal-load, --nodes 24 --duration 20s --set people.rate=4",
        "peak-load, --nodes 24 --duration 10s --set people.rate=8",
        "churn, --nodes 24 --duration 60s --set people.count=2",
        "nat-mix, --nodes 24 --duration 40s --set people.count=2",
        "flash-crowd, --nodes 24 --duration 70s --set flash-crowd.nodes=10 --set people.count=2",
        "partition, --nodes 24 --duration 250s --set people.count=4",
        "hostile-relays, --nodes 150 --duration 60s --set people.count=4",
        "sybil, --nodes 50 --duration 80s --set people.count=4"
    })
    void shipped_scenarios_hold_what_they_promise_in_a_small_size(String name, String arguments) {
        assertThat(simulate.run(name + " " + arguments)).as(simulate.toString()).isEqualTo(ExitCodes.OK);
        assertThat(simulate.out()).contains("0 missing");
    }

    @Test
    void lookups_in_converged_tables_repeat_on_another_number_of_shards() {
        assertThat(simulate.run("kad-1 --nodes 100 --duration 300ms --check --set checks.lookups-found=1"))
                .as(simulate.toString())
                .isEqualTo(ExitCodes.OK);
        assertThat(simulate.out()).contains("300 (", "found their node", "both runs are the same (on 1 and 2 shards)");
    }

    @Test
    void a_checked_run_is_written_too(@TempDir Path directory) throws Exception {
        Path result = directory.resolve("r");
        assertThat(simulate.run("kad-1 --nodes 100 --duration 300ms --check --out " + result))
                .as(simulate.toString())
                .isEqualTo(ExitCodes.OK);
        String hash = ResultDirectory.read(result).first().info().traceHash();
        assertThat(simulate.out()).contains(hash);
    }

    @Test
    void a_run_that_lost_a_member_says_in_json_that_it_is_a_part() {
        var outcome = new RunOutcome(
                new Recording(0), new long[0], "0", 0, 0, false, Optional.of("shard 1 is gone"), List.of());
        Scenario scenario = ScenarioReader.read(ScenarioSources.of("people"));
        JsonNode tree = ReportPrinter.tree(new RunReport(scenario, outcome, 1, OptionalLong.empty(), "command"));
        assertThat(tree.get("partial").booleanValue()).isTrue();
        assertThat(tree.get("partialReason").textValue()).isEqualTo("shard 1 is gone");
        assertThat(tree.get("sound").isNull()).isTrue();
    }

    @Test
    void a_failing_scenario_is_shrunk_to_the_smallest_that_still_fails() {
        int code = simulate.run(
                "--nodes 24 --duration 4s --people 0.4 --seed 5 --set patience=0s --set checks.all-delivered=false"
                        + " --set checks.ready=100ms --set faults=[{kind=clock-skew,at=1s,nodes{count=1},offset=1s}]"
                        + " --set adversaries=[{kind=flood,count=4,rate=1}] --shrink");
        assertThat(code).as(simulate.toString()).isEqualTo(SimulationExitCodes.CHECK_FAILED);
        assertThat(simulate.out())
                .contains("smallest", "12 nodes, 2 people, 0 faults, 0 adversaries", "--set 'faults=[]'", "--seed 5")
                .containsPattern("2.0 s still fail ready");
    }

    @Test
    void the_command_of_the_smallest_fails_too() {
        simulate.run("--nodes 13 --duration 4s --people 0.4 --seed 5 --set patience=0s --set checks.all-delivered=false"
                + " --set checks.ready=100ms --shrink");
        String replay = simulate.out().lines().reduce((_, last) -> last).orElseThrow();
        assertThat(replay).startsWith("replay ").contains("--set nodes=12");
        assertThat(simulate.run(replay.substring(replay.indexOf("simulate ") + "simulate ".length())))
                .isEqualTo(SimulationExitCodes.CHECK_FAILED);
    }

    @Test
    void a_run_stops_at_an_event_and_shows_the_nodes(@TempDir Path directory) throws Exception {
        String scenario = "--nodes 6 --people 0.4 --duration 10s --seed 5 ";
        assertThat(simulate.run(scenario + "--until 500 --out " + directory.resolve("r")))
                .isEqualTo(ExitCodes.OK);
        assertThat(simulate.out())
                .contains("PARTIAL", "stopped      after step 500 of the run: ", "Routing table: contacts by bucket")
                .contains("Events to come: ", "Other nodes: 5");
        assertThat(Files.readString(directory.resolve("r/state.txt")))
                .startsWith("stopped ")
                .contains("Other nodes: 5");
        String cause = simulate.out().replaceAll("(?s).*step 500 of[^\n]*--until ([0-9:]+).*", "$1");
        String node = simulate.out().replaceAll("(?s).*\nnode  +([0-9]+)\n.*", "$1");
        simulate.forgetOut();
        assertThat(simulate.run(scenario + "--until " + cause)).isEqualTo(ExitCodes.OK);
        assertThat(simulate.out()).contains("after step 500 of the run", "\nnode         " + node + "\n");
        assertThat(simulate.run(scenario + "--until 1h")).isEqualTo(ExitCodes.FAILED);
        assertThat(simulate.err()).contains("that event did not happen");
    }

    @Test
    void nodes_of_kad_1_are_shown_too() {
        assertThat(simulate.run("kad-1 --nodes 100 --duration 300ms --until 100ms:7"))
                .isEqualTo(ExitCodes.OK);
        assertThat(simulate.out()).contains("node         7", "Other nodes: 99");
    }
}
