package org.privatus.onion.circuit;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.lease.Lease;
import org.privatus.onion.lease.LeaseKeys;

/// Derives the keys of a period and the next, and seals and signs one lease for each.
final class SealLeases extends CircuitJob {
    private final LeasePublisher publisher;
    private final Surroundings around;
    private final PersonAddress owner;
    private final Lease lease;
    private final long period;
    private final long seq;
    private final List<Sealed> leases = new ArrayList<>();

    /// A lease ready for storing.
    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(long period, byte[] record) {}

    SealLeases(LeasePublisher publisher, Surroundings around, PersonAddress owner, Lease lease, long period, long seq) {
        this.publisher = publisher;
        this.around = around;
        this.owner = owner;
        this.lease = lease;
        this.period = period;
        this.seq = seq;
    }

    @Override
    public void run() {
        for (long each = period; each <= period + 1; each++) {
            LeaseKeys keys = LeaseKeys.derive(around.suite(), owner, each);
            leases.add(new Sealed(
                    each, keys.seal(around.suite(), lease, seq, around.keys()).toBytes()));
            keys.erase();
        }
    }

    @Override
    public Cost cost() {
        return LeaseKeys.DERIVE.plus(LeaseKeys.DERIVE).plus(Cost.signatures(2));
    }

    long seq() {
        return seq;
    }

    List<Sealed> leases() {
        return leases;
    }

    @Override
    void deliver(Moment now) {
        publisher.sealed(this, now);
    }
}
