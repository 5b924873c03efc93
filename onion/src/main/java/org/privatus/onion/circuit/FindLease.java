package org.privatus.onion.circuit;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.lease.LeaseKeys;

/// Derives where the lease of a period lies.
final class FindLease extends CircuitJob {
    private final Surroundings around;
    private final PersonAddress address;
    private final long period;
    private final BiConsumer<LeaseKeys, Moment> then;
    private @Nullable LeaseKeys keys;

    FindLease(Surroundings around, PersonAddress address, long period, BiConsumer<LeaseKeys, Moment> then) {
        this.around = around;
        this.address = address;
        this.period = period;
        this.then = then;
    }

    @Override
    public void run() {
        keys = LeaseKeys.derive(around.suite(), address, period);
    }

    @Override
    public Cost cost() {
        return LeaseKeys.DERIVE;
    }

    @Override
    void deliver(Moment now) {
        if (keys != null) {
            then.accept(keys, now);
        }
    }
}
