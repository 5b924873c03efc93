package org.privatus.onion.circuit;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.privatus.onion.circuit.SealLeases.Sealed;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.lease.Lease;
import org.privatus.onion.lease.LeaseGateway;
import org.privatus.onion.lease.LeaseKeys;
import org.privatus.onion.lease.LeaseOwner;

/// Keeps the leases of one person stored, for the current period and the next: when the gateways change, in time before
/// the lease ends, when the period ends, and again when a store failed. One after the other, each through circuits of
/// its own.
final class LeasePublisher {
    private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MAX_RETRY_SHIFT = 5;

    private final Surroundings around;
    private final CircuitSupply supply;
    private final LeaseOwner owner;
    private final Source source;
    private final ArrayDeque<Sealed> toStore = new ArrayDeque<>();
    private @Nullable Timer timer;
    private long timerNanos = Long.MAX_VALUE;
    private @Nullable DhtExchange exchange;
    private boolean sealing;
    private boolean stopped;
    private boolean anyFailed;
    private int failures;
    private long lastSeq;

    /// What there is to publish.
    interface Source {
        List<LeaseGateway> gateways();
    }

    LeasePublisher(Surroundings around, CircuitSupply supply, LeaseOwner owner, Source source) {
        this.around = around;
        this.supply = supply;
        this.owner = owner;
        this.source = source;
    }

    /// The gateways have changed: publish after this time, or earlier if that was planned.
    void changed(long delayNanos, Moment now) {
        schedule(now.nanos() + delayNanos);
    }

    private void schedule(long nanos) {
        if (stopped || nanos >= timerNanos) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerNanos = nanos;
        timer = around.timers().at(nanos, this::publish);
    }

    private void publish(Moment now) {
        timer = null;
        timerNanos = Long.MAX_VALUE;
        List<LeaseGateway> gateways = source.gateways();
        if (gateways.isEmpty()) {
            return;
        }
        if (sealing || exchange != null) {
            schedule(now.nanos() + FIRST_RETRY_NANOS);
            return;
        }
        sealing = true;
        anyFailed = false;
        lastSeq = Math.max(lastSeq + 1, now.epochMillis());
        Lease lease = new Lease(
                gateways,
                now.epochMillis(),
                now.epochMillis() + around.settings().leaseValidity().toMillis());
        long period = LeaseKeys.period(around.suite(), owner.address(), now.epochMillis());
        around.effects().compute(new SealLeases(this, around, owner, lease, period, lastSeq));
    }

    void sealed(SealLeases job, Moment now) {
        sealing = false;
        if (!stopped) {
            toStore.addAll(job.leases());
            storeNext(now);
        }
    }

    private void storeNext(Moment now) {
        Sealed next = toStore.poll();
        if (next == null) {
            planNext(now);
            return;
        }
        DhtExchange put = new DhtExchange(
                around, supply, new DhtExchange.Request.Put(next.record()), (done, later) -> stored(next, done, later));
        exchange = put;
        put.begin(now);
    }

    private void stored(Sealed lease, DhtExchange put, Moment now) {
        exchange = null;
        if (put.positive() > 0) {
            around.effects().leasePublished(owner.address().key(), lease.period(), lastSeq, put.positive());
        } else {
            anyFailed = true;
        }
        storeNext(now);
    }

    private void planNext(Moment now) {
        if (anyFailed) {
            long pause = FIRST_RETRY_NANOS << Math.min(failures++, MAX_RETRY_SHIFT);
            schedule(now.nanos() + around.jitter(pause / 2, pause));
            return;
        }
        failures = 0;
        long refresh = around.settings().leaseRefresh().toNanos();
        long period = LeaseKeys.period(around.suite(), owner.address(), now.epochMillis());
        long periodEnd = TimeUnit.MILLISECONDS.toNanos(
                LeaseKeys.endEpochMillis(around.suite(), owner.address(), period) - now.epochMillis());
        schedule(now.nanos() + Math.min(around.jitter(refresh / 4 * 3, refresh), Math.max(periodEnd, 1)));
    }

    /// Publishes no more and forgets what it signed with.
    void stop(Moment now) {
        stopped = true;
        Optional.ofNullable(timer).ifPresent(Timer::cancel);
        Optional.ofNullable(exchange).ifPresent(running -> running.abandon(now));
        toStore.clear();
        owner.erase();
    }
}
