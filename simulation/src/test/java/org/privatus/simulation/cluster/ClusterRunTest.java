package org.privatus.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privatus.simulation.shard.RunObserver;
import org.privatus.simulation.shard.RunOutcome;
import org.privatus.simulation.shard.ShardedRun;

/// Runs over loopback, with members in processes of their own where the process matters.
@Timeout(240)
class ClusterRunTest {
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private final AtomicReference<LocalMembers> members = new AtomicReference<>();
    private Thread thread;

    @AfterEach
    void end() throws InterruptedException {
        if (thread != null) {
            thread.join();
        }
        if (members.get() != null) {
            members.get().close();
        }
    }

    @Test
    void two_processes_do_what_one_does() throws Exception {
        RunOutcome two = run(settings(), ToyRuns.describe(5, FIVE_SECONDS), this::startProcess);
        assertSameAsOne(two);
        for (Process process : members.get().processes()) {
            assertThat(process.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void any_transport_carries_the_same_run(TransportKind transport) throws Exception {
        assertSameAsOne(run(settings().withTransport(transport), ToyRuns.describe(5, FIVE_SECONDS), this::startThread));
    }

    private static void assertSameAsOne(RunOutcome several) {
        RunPlan plan = ToyRuns.read(ToyRuns.describe(5, FIVE_SECONDS));
        RunOutcome one = ShardedRun.run(plan.settings(), 1, plan.factory(), RunObserver.NONE);
        assertThat(several.lost()).isEmpty();
        assertThat(several.nodeHashes()).isEqualTo(one.nodeHashes());
        assertThat(several.traceHash()).isEqualTo(one.traceHash());
        assertThat(several.events()).isEqualTo(one.events());
        assertThat(several.recording().toBytes()).isEqualTo(one.recording().toBytes());
        assertThat(several.costs()).hasSize(2);
    }

    @Test
    void a_killed_member_ends_the_run_with_what_the_others_saw() throws Exception {
        var killAfterThree = new RunObserver() {
            @Override
            public void second(long simulatedNanos, long[] totals, long events) {
                if (simulatedNanos == 3_000_000_000L) {
                    members.get().processes().getFirst().destroyForcibly();
                }
            }

            @Override
            public boolean stopWanted() {
                return false;
            }
        };
        RunOutcome partial = ClusterRun.run(
                settings(),
                ToyRuns.describe(5, Duration.ofHours(24)),
                ToyRuns::read,
                killAfterThree,
                this::startProcess);
        assertThat(partial.lost())
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("member process")
                        .contains("is lost")
                        .doesNotContain("\n"));
        assertThat(partial.costs()).hasSize(1);
        assertThat(partial.simulatedNanos()).isGreaterThanOrEqualTo(3_000_000_000L);
        assertThat(partial.recording().measurements().counters().get("delivered"))
                .isPositive();
    }

    @Test
    void a_failure_on_a_member_fails_the_run_with_its_line() {
        assertThatThrownBy(() -> run(settings(), ToyRuns.describe(5, FIVE_SECONDS, 1), this::startThread))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("shard 1 failed on 127.0.0.1")
                .hasMessageContaining("on purpose");
    }

    @Test
    void members_that_do_not_come_are_waited_for_in_vain() {
        ClusterSettings hasty = settings().withForming(Duration.ofMillis(500));
        assertThatThrownBy(() -> ClusterRun.run(
                        hasty,
                        ToyRuns.describe(5, FIVE_SECONDS),
                        ToyRuns::read,
                        RunObserver.NONE,
                        (address, lost) -> {}))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("only 1 of 2 members came")
                .hasMessageContaining("--cluster-join 127.0.0.1:");
    }

    @Test
    void no_coordinator_is_one_clear_line() {
        var hasty = ClusterSettings.of("127.0.0.1", 0, 1).withForming(Duration.ofSeconds(1));
        assertThatThrownBy(() -> ClusterMember.join(hasty, "127.0.0.1:9", ToyRuns::read, RunObserver.NONE))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("no cluster at 127.0.0.1:9");
    }

    private static RunOutcome run(ClusterSettings settings, byte[] description, Gathering gathering)
            throws ClusterException {
        return ClusterRun.run(settings, description, ToyRuns::read, RunObserver.NONE, gathering);
    }

    private void startProcess(String address, Consumer<String> lost) {
        try {
            members.set(LocalMembers.start(1, List.of(ToyRuns.class.getName(), address), lost));
        } catch (ClusterException e) {
            lost.accept(e.getMessage());
        }
    }

    /// A member in this process: it shares nothing with the coordinator but the class path.
    private void startThread(String address, Consumer<String> lost) {
        thread = Thread.ofPlatform().name("member").start(() -> {
            try {
                ToyRuns.main(new String[] {address});
            } catch (ClusterException | UnsupportedOperationException e) {
                // the coordinator tells
            }
        });
    }

    private static ClusterSettings settings() {
        return ClusterSettings.of("127.0.0.1", 0, 2);
    }
}
