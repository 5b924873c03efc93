package org.privatus.onion.circuit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.lease.LeaseGateway;
import org.privatus.onion.lease.LeaseOwner;
import org.privatus.onion.path.PathWish;

/// Makes one person reachable: circuits to two gateways, through different guards, and the leases that name them. A
/// circuit past its lifetime is replaced before it is closed.
final class Serving implements LeasePublisher.Source {
    static final int MAX_SPLICES = 256;
    private static final int GATEWAYS = 2;
    private static final long PUBLISH_ALL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PUBLISH_ONE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long RETIRE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final LeaseOwner owner;
    private final Surroundings around;
    private final CircuitSupply supply;
    private final SpliceTable table;
    private final LeasePublisher publisher;
    private final List<Registration> current = new ArrayList<>();
    /// Replacements on their way, by the place that they are to take.
    private final TreeMap<Integer, Registration> next = new TreeMap<>();

    private final List<Registration> retiring = new ArrayList<>();

    Serving(LeaseOwner owner, Surroundings around, CircuitSupply supply, SpliceTable table) {
        this.owner = owner;
        this.around = around;
        this.supply = supply;
        this.table = table;
        this.publisher = new LeasePublisher(around, supply, owner, this);
    }

    PersonKey person() {
        return owner.address().key();
    }

    void begin(Moment now) {
        for (int i = 0; i < GATEWAYS; i++) {
            current.add(new Registration(this, around, supply, table));
        }
        List.copyOf(current).forEach(each -> each.begin(now));
    }

    void stop(Moment now) {
        publisher.stop(now);
        List<Registration> all = new ArrayList<>(current);
        all.addAll(next.values());
        all.addAll(retiring);
        all.forEach(each -> each.stop(now));
    }

    /// Neither the guard nor the gateway of the other place, and of whatever is to take it.
    PathWish wishFor(Registration registration) {
        int place = placeOf(registration);
        TreeSet<NodeKey> guards = new TreeSet<>();
        TreeSet<NodeKey> gateways = new TreeSet<>();
        for (int i = 0; i < GATEWAYS; i++) {
            if (i != place) {
                avoid(current.get(i), guards, gateways);
                Optional.ofNullable(next.get(i)).ifPresent(other -> avoid(other, guards, gateways));
            }
        }
        return PathWish.of(around.settings().hops())
                .forInbound()
                .avoiding(guards)
                .avoidingLast(gateways);
    }

    private static void avoid(Registration other, Collection<NodeKey> guards, Collection<NodeKey> gateways) {
        List<NodeKey> hops = other.plannedHops();
        hops.stream().limit(1).forEach(guards::add);
        hops.stream().skip(Math.max(0, hops.size() - 1)).forEach(gateways::add);
    }

    private int placeOf(Registration registration) {
        int place = current.indexOf(registration);
        if (place >= 0) {
            return place;
        }
        return next.entrySet().stream()
                .filter(entry -> entry.getValue() == registration)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    @Override
    public List<LeaseGateway> gateways() {
        return current.stream()
                .map(Registration::gateway)
                .flatMap(Optional::stream)
                .toList();
    }

    List<NodeId> gatewayIds() {
        return gateways().stream().map(gateway -> gateway.hop().id()).toList();
    }

    int splices() {
        return current.stream().mapToInt(Registration::splices).sum();
    }

    /// A gateway has confirmed.
    void registered(Registration registration, Moment now) {
        Optional<Integer> place = next.entrySet().stream()
                .filter(entry -> entry.getValue() == registration)
                .map(Map.Entry::getKey)
                .findFirst();
        place.ifPresent(at -> {
            next.remove(at);
            retire(current.set(at, registration), now);
        });
        publisher.changed(gateways().size() == GATEWAYS ? PUBLISH_ALL_NANOS : PUBLISH_ONE_NANOS, now);
    }

    private void retire(Registration old, Moment now) {
        retiring.add(old);
        around.timers().at(now.nanos() + RETIRE_NANOS, later -> {
            retiring.remove(old);
            old.stop(later);
        });
    }

    /// A gateway, or the way to it, is gone; the registration begins again by itself, unless it was on its way out.
    void lost(Registration registration, Moment now) {
        if (retiring.contains(registration)) {
            registration.stop(now);
        }
    }

    /// A circuit is past its lifetime: another takes its place, then it goes.
    void rotate(Registration old, Moment now) {
        int place = current.indexOf(old);
        if (place >= 0 && !next.containsKey(place)) {
            Registration replacement = new Registration(this, around, supply, table);
            next.put(place, replacement);
            replacement.begin(now);
        }
    }
}
