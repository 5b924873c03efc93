package org.privatus.onion.circuit;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.lease.LeaseKeys;

/// Derives where the lease of a period lies: nowhere, if the address names a key that is none.
final class FindLease extends CircuitJob {
    private final Surroundings around;
    private final PersonAddress address;
    private final long period;
    private final BiConsumer<Optional<LeaseKeys>, Moment> then;
    private @Nullable LeaseKeys keys;

    FindLease(Surroundings around, PersonAddress address, long period, BiConsumer<Optional<LeaseKeys>, Moment> then) {
        this.around = around;
        this.address = address;
        this.period = period;
        this.then = then;
    }

    @Override
    public void run() {
        try {
            keys = LeaseKeys.derive(around.suite(), address, period);
        } catch (MalformedPacketException e) {
            keys = null;
        }
    }

    @Override
    public Cost cost() {
        return LeaseKeys.DERIVE;
    }

    @Override
    void deliver(Moment now) {
        then.accept(Optional.ofNullable(keys), now);
    }
}
