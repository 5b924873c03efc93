package org.privatus.simulation.run;

import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import org.privatus.node.actor.NodeEvent;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.network.NetworkStatistics;
import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.results.Series;
import org.privatus.simulation.scenario.Fault;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.shard.Program;
import org.privatus.simulation.shard.TrafficSeries;
import org.privatus.simulation.world.World;

/// A scenario on one shard: nodes start, people write, nodes crash and come back, checks are made; everything that happens goes to
/// the recording.
///
/// Whatever is done to a node is an event of that node ([World#after(int, long, Runnable)]); partitions and the like are functions
/// of time that all shards have alike.
public final class ScenarioProgram implements Program {
    /// Where [#totals()] has the number of violated checks; behind what [Correspondence] counts.
    public static final int VIOLATIONS = 5;

    /// Where it has the number of running nodes.
    public static final int RUNNING = 6;

    /// What a node has to close its links when its session ends.
    private static final long GOODBYE_NANOS = 2_000_000_000L;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Scenario scenario;
    private final World world;
    private final EventLoop loop;
    private final Recording recording;
    private final TrafficSeries traffic;
    private final Ailments ailments;
    private final Population population;
    private final Correspondence correspondence;
    private final Watch watch;
    private final Starts starts;
    private final Optional<Attendance> attendance;
    private final int[] sessions;
    private final long[] startedNanos;
    private final int first;
    private final long lastNanos;
    private final long lookedNanos;
    private final BitSet joined = new BitSet();
    private int running;

    /// The program of the shard that `world` is.
    public ScenarioProgram(Scenario scenario, World world) {
        this.scenario = scenario;
        this.world = world;
        this.loop = world.loop();
        this.recording = new Recording(scenario.seed());
        this.traffic = new TrafficSeries(world, recording);
        BitSet carriers = Population.spread(scenario.people().count(), scenario.honestNodes());
        var groups = new NodeGroups(scenario);
        this.ailments = new Ailments(scenario, carriers, groups);
        int[] people = carriers.stream().toArray();
        var cast = new Cast(scenario, world.settings().suite(), people, ailments, loop);
        this.population = new Population(world, groups::settings, carriers, cast, this::onEvent);
        this.correspondence = new Correspondence(world, population, scenario.people(), recording);
        this.starts = new Starts(scenario);
        this.attendance = scenario.churn().map(churn -> new Attendance(scenario, churn, carriers));
        this.watch = new Watch(scenario, world, population, starts, recording);
        this.first = world.map().first(world.shard());
        this.sessions = new int[attendance.isPresent() ? world.map().end(world.shard()) - first : 0];
        this.startedNanos = new long[world.map().end(world.shard()) - first];
        this.lastNanos = scenario.faults().stream()
                .flatMap(fault -> fault.until().or(() -> Optional.of(fault.at())).stream())
                .map(scenario.beginning()::plus)
                .mapToLong(Duration::toNanos)
                .max()
                .orElse(0);
        this.lookedNanos = watch.lastLookNanos() + SECOND_NANOS;
    }

    @Override
    public void begin() {
        for (int node = first; world.isHere(node); node++) {
            int number = node;
            world.after(node, starts.nanos(node), () -> start(number));
        }
        correspondence.begin(scenario.beginning(), scenario.end());
        ailments.rules().forEach(world.network()::drop);
        ailments.crashes().stream()
                .filter(crash -> world.isHere(crash.node()))
                .forEach(crash -> world.after(crash.node(), crash.atNanos(), () -> crash(crash)));
        watch.begin(correspondence.here());
    }

    private void start(int node) {
        population.start(node);
        correspondence.started(node);
        startedNanos[node - first] = loop.nowNanos();
        recording.count(Series.STARTED, loop.nowNanos(), 1);
        setRunning(running + 1);
        attendance.filter(all -> all.churns(node)).ifPresent(all -> beginSession(all, node));
    }

    private void beginSession(Attendance all, int node) {
        int session = sessions[node - first]++;
        world.after(node, all.sessionNanos(node, session), () -> leave(all, node, session));
    }

    /// Nobody leaves once the workload is over; who was cut short by a fault has begun another session since.
    private void leave(Attendance all, int node, int session) {
        boolean current = sessions[node - first] == session + 1;
        if (!current
                || !population.isRunning(node)
                || loop.nowNanos() >= scenario.end().toNanos()) {
            return;
        }
        if (all.crashes(node, session)) {
            end(node);
        } else {
            watch.count(node);
            population.sayGoodbye(node);
            world.after(node, GOODBYE_NANOS, () -> population.remove(node));
            ended(node, Series.STOPPED);
        }
        long away = Math.max(all.absenceNanos(node, session), 2 * GOODBYE_NANOS);
        world.after(node, away, () -> start(node));
    }

    private void end(int node) {
        watch.count(node);
        population.kill(node);
        ended(node, Series.CRASHED);
    }

    private void ended(int node, Series how) {
        correspondence.ended(node);
        recording.count(how, loop.nowNanos(), 1);
        setRunning(running - 1);
    }

    /// Who does not run is not hit, and is not started by the end of the fault either: it is away, or its time has not come.
    private void crash(Ailments.Crash crash) {
        int node = crash.node();
        if (!population.isRunning(node)) {
            return;
        }
        end(node);
        if (!crash.keepsDisk()) {
            population.wipe(node);
            correspondence.wiped(node);
        }
        if (crash.comesBack()) {
            world.after(node, crash.restartNanos() - loop.nowNanos(), () -> start(node));
        }
    }

    private void setRunning(int now) {
        running = now;
        recording.gauge(Series.NODES_UP, loop.nowNanos(), now);
    }

    private void onEvent(int node, NodeEvent event) {
        switch (event) {
            case NodeEvent.Ready _ -> ready(node);
            case NodeEvent.Joined _ -> joined.set(node - first);
            case NodeEvent.Crashed(var child) -> watch.crashed(node, child + " failed and was started again");
            case NodeEvent.ListenFailed(var reason) -> watch.crashed(node, "the socket did not open: " + reason);
            case NodeEvent.Took(var name, var nanos) -> took(node, name, nanos);
            case NodeEvent.Unreachable _ -> recording.counter("nodes.unreachable", 1);
            case NodeEvent.Listening _, NodeEvent.ContactsKnown _ -> {}
            case NodeEvent.OnionKeysRotated _, NodeEvent.PathsChanged _ -> {}
        }
    }

    private void took(int node, String name, long nanos) {
        switch (name) {
            case NodeEvent.Took.CIRCUIT -> {
                recording.sample(Metric.CIRCUIT_BUILD, loop.nowNanos(), node, nanos);
                recording.count(Series.CIRCUITS_BUILT, loop.nowNanos(), 1);
            }
            case NodeEvent.Took.DHT_OPERATION -> recording.sample(Metric.LOOKUP, loop.nowNanos(), node, nanos);
            default -> {}
        }
    }

    private void ready(int node) {
        watch.ready(node);
        recording.counter("people.ready", 1);
        recording.sample(Metric.RECOVERY, loop.nowNanos(), node, loop.nowNanos() - startedNanos[node - first]);
    }

    @Override
    public long[] totals() {
        traffic.count();
        long[] people = correspondence.totals();
        return new long[] {people[0], people[1], people[2], people[3], people[4], watch.violations(), running};
    }

    @Override
    public boolean over(long nowNanos, long[] totals) {
        if (nowNanos >= Math.max(scenario.limit().toNanos(), lookedNanos)) {
            return true;
        }
        long least = Math.max(Math.max(scenario.end().toNanos(), lastNanos + SECOND_NANOS), lookedNanos);
        return nowNanos >= least && Correspondence.isSettled(totals);
    }

    @Override
    public Recording finish() {
        traffic.count();
        watch.finish();
        recording.counter("people", correspondence.here().length);
        recording.counter("nodes.joined", joined.cardinality());
        NetworkStatistics network = world.network().statistics();
        recording.counter("network.sent", network.sent());
        recording.counter("network.sent-bytes", network.sentBytes());
        recording.counter("network.delivered", network.delivered());
        recording.counter("network.lost", network.lost());
        recording.counter("network.duplicated", network.duplicated());
        return recording;
    }

    /// The nodes of this shard, to be asked how they are.
    public Population population() {
        return population;
    }

    /// Moments of the run at which a fault is over, in order, for recovery.
    static long[] endings(Scenario scenario) {
        return scenario.faults().stream()
                .filter(fault -> !(fault instanceof Fault.ClockSkew))
                .flatMap(fault -> fault.until().stream())
                .mapToLong(until -> scenario.beginning().plus(until).toNanos())
                .sorted()
                .distinct()
                .toArray();
    }
}
