package org.privatus.onion.circuit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.onion.ProbeSettings;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.flow.TokenBucket;
import org.privatus.onion.path.PathHop;
import org.privatus.onion.path.PathSelector;
import org.privatus.onion.path.PathWish;
import org.privatus.onion.path.RelayPool;

/// All own circuits: it builds them along paths it selects, keeps a few spare, gives them to those who ask, and measures
/// who failed. Never more than the setting allows; a spare that fits nobody gives way to somebody who waits.
final class CircuitSupply implements Circuit.Watcher {
    private static final int MAX_FAILURES = 5;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_SPARE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MAX_SPARE_PAUSES = 10;
    /// Measurements alone are kept so often.
    private static final long MEMORY_NANOS = TimeUnit.HOURS.toNanos(1);

    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int PROBES_AT_ONCE = 3;
    private static final long MEMORY_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Surroundings around;
    private final RelayPool pool;
    private final PathSelector selector;
    private final BuildTimes buildTimes;
    private final RoomMaker roomMaker;
    private final TreeMap<Long, Circuit> circuits = new TreeMap<>();
    private final ArrayDeque<Circuit> spares = new ArrayDeque<>();
    private final ArrayList<Demand> waiting = new ArrayList<>();
    private @Nullable Timer retryTimer;
    private @Nullable Timer spareTimer;
    private @Nullable Timer memoryTimer;
    private @Nullable TokenBucket probes;
    private long rememberedNanos;
    private boolean active;
    private int sparesWanted;
    private int sparesBeingBuilt;
    private int spareFailures;
    private long channels;
    private long built;
    private long late;
    private long failed;

    /// Closes a circuit that is in use, but hardly.
    interface RoomMaker {
        boolean makeRoom(Moment now);
    }

    CircuitSupply(Surroundings around, RelayPool pool, PathSelector selector, RoomMaker roomMaker) {
        this.around = around;
        this.pool = pool;
        this.selector = selector;
        this.buildTimes = new BuildTimes(around.settings().buildTimeout());
        this.roomMaker = roomMaker;
        this.sparesWanted = around.settings().spares();
    }

    Optional<Circuit> find(long channel) {
        return Optional.ofNullable(circuits.get(channel));
    }

    Collection<Circuit> all() {
        return List.copyOf(circuits.values());
    }

    int spares() {
        return spares.size();
    }

    long built() {
        return built;
    }

    long failed() {
        return failed;
    }

    /// How long one step on a circuit may take.
    long buildTimeoutNanos() {
        return buildTimes.lostNanos();
    }

    /// After it a circuit is late.
    long lateNanos() {
        return buildTimes.lateNanos();
    }

    /// The 80 % quantile of build times; 0 until it is known.
    long buildQuantileNanos() {
        return buildTimes.quantileNanos();
    }

    /// Circuits that were built after a second one had been begun.
    long late() {
        return late;
    }

    /// From now on circuits are kept ready.
    void activate(Moment now) {
        active = true;
        refill(now);
    }

    void keepSpares(int count, Moment now) {
        sparesWanted = count;
        dropSpares(now);
        activate(now);
    }

    /// Relays came, or this node's own address changed: those who wait may be lucky now.
    void poolChanged(Moment now) {
        if (!waiting.isEmpty() || (active && spares.size() + sparesBeingBuilt < sparesWanted)) {
            retryAt(Math.max(now.nanos(), pool.readyAtNanos(now.nanos())));
        }
    }

    // ---- demands

    /// Gives a circuit as soon as there is one that fits.
    void want(Demand demand, Moment now) {
        demand.plan(null);
        Optional<Circuit> spare = demand.givenPath().isPresent() ? Optional.empty() : fittingSpare(demand.wish());
        if (spare.isPresent()) {
            hand(spare.get(), demand, true, now);
            refill(now);
        } else if (!buildFor(demand, now)) {
            waiting.add(demand);
            retryAt(Math.max(now.nanos() + RETRY_NANOS, pool.readyAtNanos(now.nanos())));
        }
    }

    /// No circuit is needed any more; one that is being built becomes a spare.
    void cancel(Demand demand) {
        waiting.remove(demand);
        demand.planned()
                .filter(circuit -> circuit.state() == Circuit.State.BUILDING)
                .ifPresent(this::keepAsSpare);
        demand.plan(null);
    }

    private void hand(Circuit circuit, Demand demand, boolean spare, Moment now) {
        spares.remove(circuit);
        circuit.ownedBy(demand);
        demand.plan(circuit);
        demand.resetFailures();
        demand.given(circuit, spare, now);
    }

    private Optional<Circuit> fittingSpare(PathWish wish) {
        return spares.stream()
                .filter(spare -> selector.fits(spare.path(), wish))
                .findFirst();
    }

    private boolean buildFor(Demand demand, Moment now) {
        boolean given = demand.givenPath().isPresent();
        if ((!given && pool.readyAtNanos(now.nanos()) > now.nanos()) || !hasRoom(now)) {
            return false;
        }
        Optional<List<PathHop>> path =
                given ? demand.givenPath() : selector.select(demand.wish(), now.nanos(), now.epochMillis());
        path.ifPresent(hops -> {
            Circuit circuit = create(hops, new DemandBuild(demand), now);
            demand.plan(circuit);
            circuit.begin(buildTimes.lostNanos(), now);
            around.timers().at(now.nanos() + buildTimes.lateNanos(), at -> late(circuit, demand, at));
        });
        return path.isPresent();
    }

    /// A second attempt, unless there is no room for it; the first may still come.
    private void late(Circuit circuit, Demand demand, Moment now) {
        boolean awaited = circuit.state() == Circuit.State.BUILDING
                && demand.givenPath().isEmpty()
                && demand.planned().filter(planned -> planned == circuit).isPresent();
        if (awaited && circuits.size() < around.settings().maxCircuits()) {
            circuit.ownedBy(new LateBuild(demand));
            demand.plan(null);
            if (!buildFor(demand, now)) {
                circuit.ownedBy(new DemandBuild(demand));
                demand.plan(circuit);
            }
        }
    }

    private boolean hasRoom(Moment now) {
        if (circuits.size() < around.settings().maxCircuits()) {
            return true;
        }
        if (!spares.isEmpty()) {
            spares.removeFirst().close(CircuitEnd.RELEASED, now);
            return true;
        }
        return roomMaker.makeRoom(now);
    }

    private Circuit create(List<PathHop> hops, CircuitOwner owner, Moment now) {
        long channel = ChannelIds.of(ChannelIds.OWN_CIRCUITS, ++channels);
        Circuit circuit = new Circuit(channel, hops, around, this, owner, now);
        circuits.put(channel, circuit);
        return circuit;
    }

    /// Builds what is missing to the number of spares, one attempt each.
    private void refill(Moment now) {
        int missing = sparesWanted - spares.size() - sparesBeingBuilt;
        if (!active || missing <= 0 || spareTimer != null || !waiting.isEmpty()) {
            return;
        }
        if (pool.readyAtNanos(now.nanos()) > now.nanos()) {
            retryAt(pool.readyAtNanos(now.nanos()));
            return;
        }
        PathWish wish = PathWish.of(around.settings().hops());
        for (int i = 0; i < missing && circuits.size() < around.settings().maxCircuits(); i++) {
            Optional<List<PathHop>> path = selector.select(wish, now.nanos(), now.epochMillis());
            if (path.isEmpty()) {
                return;
            }
            sparesBeingBuilt++;
            create(path.get(), new SpareBuild(), now).begin(buildTimes.lostNanos(), now);
        }
    }

    private void retryAt(long nanos) {
        if (retryTimer == null) {
            retryTimer = around.timers().at(nanos, this::retry);
        }
    }

    private void retry(Moment now) {
        retryTimer = null;
        List<Demand> demands = List.copyOf(waiting);
        waiting.clear();
        demands.forEach(demand -> want(demand, now));
        refill(now);
    }

    /// A ready circuit that nobody owns yet.
    private void offer(Circuit circuit, Moment now) {
        for (Iterator<Demand> each = waiting.iterator(); each.hasNext(); ) {
            Demand demand = each.next();
            if (demand.givenPath().isEmpty() && selector.fits(circuit.path(), demand.wish())) {
                each.remove();
                hand(circuit, demand, true, now);
                return;
            }
        }
        spares.add(circuit);
    }

    // ---- what became of builds

    /// Builds a circuit for somebody.
    private final class DemandBuild implements CircuitOwner {
        private final Demand demand;

        DemandBuild(Demand demand) {
            this.demand = demand;
        }

        @Override
        public CircuitPurpose purpose() {
            return demand.purpose();
        }

        @Override
        public void built(Circuit circuit, Moment now) {
            ready(circuit, now);
            hand(circuit, demand, false, now);
        }

        @Override
        public void closed(Circuit circuit, CircuitEnd reason, Moment now) {
            demand.plan(null);
            boolean again = demand.givenPath().isEmpty() && demand.countFailure() < MAX_FAILURES;
            if (again && reason == CircuitEnd.REFUSED) {
                waiting.add(demand);
                retryAt(now.nanos() + around.jitter(RETRY_NANOS / 2, RETRY_NANOS));
            } else if (again) {
                want(demand, now);
            } else {
                demand.resetFailures();
                demand.unmet(now);
            }
        }
    }

    /// Is late; whoever wanted it waits for another too. The first that comes is taken.
    private final class LateBuild implements CircuitOwner {
        private final Demand demand;

        LateBuild(Demand demand) {
            this.demand = demand;
        }

        @Override
        public CircuitPurpose purpose() {
            return CircuitPurpose.SPARE;
        }

        @Override
        public void built(Circuit circuit, Moment now) {
            late++;
            ready(circuit, now);
            Optional<Circuit> second = demand.planned()
                    .filter(other -> other.state() == Circuit.State.BUILDING)
                    .filter(other -> selector.fits(circuit.path(), demand.wish()));
            if (second.isPresent()) {
                keepAsSpare(second.get());
                hand(circuit, demand, false, now);
            } else {
                circuit.ownedBy(new SpareBuild(true));
                offer(circuit, now);
                dropSpares(now);
            }
        }

        @Override
        public void closed(Circuit circuit, CircuitEnd reason, Moment now) {}
    }

    private void keepAsSpare(Circuit building) {
        building.ownedBy(new SpareBuild());
        sparesBeingBuilt++;
    }

    private void dropSpares(Moment now) {
        while (spares.size() > sparesWanted) {
            spares.removeFirst().close(CircuitEnd.RELEASED, now);
        }
    }

    /// Builds a spare, and owns it while it waits.
    private final class SpareBuild implements CircuitOwner {
        private boolean ready;

        SpareBuild() {
            this(false);
        }

        SpareBuild(boolean ready) {
            this.ready = ready;
        }

        @Override
        public CircuitPurpose purpose() {
            return CircuitPurpose.SPARE;
        }

        @Override
        public void built(Circuit circuit, Moment now) {
            ready = true;
            sparesBeingBuilt--;
            ready(circuit, now);
            if (!waiting.isEmpty() || !probe(circuit, now)) {
                offer(circuit, now);
            }
            refill(now);
        }

        @Override
        public void closed(Circuit circuit, CircuitEnd reason, Moment now) {
            spares.remove(circuit);
            if (!ready) {
                sparesBeingBuilt--;
                spareFailures++;
            }
        }
    }

    /// Measures a circuit that nobody waits for, as far as the hour's bytes reach. It is a spare again after it.
    private boolean probe(Circuit circuit, Moment now) {
        ProbeSettings settings = around.settings().probes();
        if (settings.hourlyBytes() < settings.sizeBytes()) {
            return false;
        }
        if (probes == null) {
            int hourly = settings.hourlyBytes() / settings.sizeBytes();
            probes = new TokenBucket(Math.min(hourly, PROBES_AT_ONCE), HOUR_NANOS / hourly, now.nanos());
        }
        if (!probes.take(now.nanos())) {
            return false;
        }
        sparesBeingBuilt++;
        Probe probe = new Probe(around, this::probed, later -> sparesBeingBuilt--);
        circuit.ownedBy(probe);
        probe.begin(circuit, settings.sizeBytes(), now);
        return true;
    }

    private void probed(Circuit circuit, long kbits, Moment now) {
        sparesBeingBuilt--;
        if (kbits > 0) {
            pool.probed(circuit.hopIds(), kbits, now.nanos());
        }
        circuit.ownedBy(new SpareBuild(true));
        offer(circuit, now);
        dropSpares(now);
    }

    /// The more attempts failed in a row, the longer the pause.
    private void pauseSpares(Moment now) {
        if (spareTimer == null) {
            long pause = FIRST_SPARE_PAUSE_NANOS << Math.min(spareFailures, MAX_SPARE_PAUSES);
            spareTimer = around.timers().at(now.nanos() + around.jitter(pause / 2, pause), later -> {
                spareTimer = null;
                refill(later);
            });
        }
    }

    private void ready(Circuit circuit, Moment now) {
        built++;
        spareFailures = 0;
        if (now.nanos() - rememberedNanos >= MEMORY_NANOS) {
            selector.markMemoryChanged();
        }
        long elapsedNanos = now.nanos() - circuit.begun().nanos();
        if (circuit.path().size() == around.settings().hops()) {
            buildTimes.record(elapsedNanos);
        }
        around.effects().circuitBuilt(elapsedNanos);
        long lifetime = around.settings().lifetime().toNanos();
        circuit.liveFor(around.jitter(lifetime / 10 * 8, lifetime), now);
    }

    @Override
    public void hopAdded(Circuit circuit, NodeId hop, Moment now) {
        long hopNanos = circuit.lastHopNanos(now) / circuit.builtHops();
        pool.succeeded(hop, hopNanos, now.nanos());
        selector.worked(hop, circuit.builtHops() - 1, now.epochMillis());
        rememberLater(now);
    }

    @Override
    public void closed(Circuit circuit, CircuitEnd reason, Moment now) {
        circuits.remove(circuit.channel());
        if (circuit.bestKbits() > 0) {
            pool.carried(circuit.hopIds(), circuit.bestKbits(), now.nanos());
        }
        switch (reason) {
            case RELEASED, EXPIRED -> {}
            case REFUSED -> circuit.missingHop().ifPresent(hop -> pool.refused(hop.id(), now.nanos()));
            case CHANNEL_CLOSED, DESTROYED, TIMED_OUT, PROTOCOL, EXTEND_FAILED -> measure(circuit, reason, now);
        }
        if (!waiting.isEmpty()) {
            retryAt(now.nanos());
        } else if (active) {
            pauseSpares(now);
        }
    }

    private void measure(Circuit circuit, CircuitEnd reason, Moment now) {
        failed++;
        if (reason == CircuitEnd.TIMED_OUT
                && circuit.builtHops() < circuit.path().size()) {
            buildTimes.lost();
        }
        Optional<PathHop> missing = circuit.missingHop();
        boolean silent = reason == CircuitEnd.TIMED_OUT || reason == CircuitEnd.EXTEND_FAILED;
        if (missing.isPresent() && (silent || circuit.builtHops() == 0)) {
            blame(missing.get().id(), now);
            if (circuit.builtHops() > 0 && reason == CircuitEnd.EXTEND_FAILED) {
                pool.reported(circuit.hopIds().get(circuit.builtHops() - 1), now.nanos());
            }
        } else if (reason == CircuitEnd.CHANNEL_CLOSED) {
            pool.failed(circuit.path().getFirst().id(), now.nanos());
        } else {
            pool.suspected(circuit.hopIds().subList(0, circuit.builtHops()), now.nanos());
        }
    }

    /// This relay could not be reached, or did not answer. One that stays is asked again after a rest, and not looked for
    /// elsewhere.
    void blame(NodeId relay, Moment now) {
        pool.failed(relay, now.nanos());
        if (!selector.isGuard(relay)) {
            around.effects().relayFailed(relay);
        }
    }

    /// What changed in a moment is told once.
    void rememberLater(Moment now) {
        if (memoryTimer == null && selector.isMemoryChanged()) {
            memoryTimer = around.timers().at(now.nanos() + MEMORY_PAUSE_NANOS, later -> {
                memoryTimer = null;
                rememberedNanos = later.nanos();
                selector.takeMemory(later.epochMillis()).ifPresent(around.effects()::pathsChanged);
            });
        }
    }
}
