package org.privatus.onion.circuit;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.lease.Lease;
import org.privatus.onion.lease.LeaseKeys;
import org.privatus.onion.lease.LeaseOwner;

/// Derives the keys of a period and the next, and seals and signs one lease for each.
final class SealLeases extends CircuitJob {
    private final LeasePublisher publisher;
    private final Surroundings around;
    private final LeaseOwner owner;
    private final Lease lease;
    private final long period;
    private final long seq;
    private final List<Sealed> leases = new ArrayList<>();

    /// A lease ready for storing.
    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(long period, byte[] record) {}

    SealLeases(LeasePublisher publisher, Surroundings around, LeaseOwner owner, Lease lease, long period, long seq) {
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
            LeaseKeys keys = derive(each);
            SignedRecord record = keys.seal(around.suite(), owner, lease, seq, around.keys());
            leases.add(new Sealed(each, record.toBytes()));
            keys.erase();
        }
    }

    private LeaseKeys derive(long each) {
        try {
            return LeaseKeys.derive(around.suite(), owner.address(), each);
        } catch (MalformedPacketException e) {
            throw new IllegalStateException("our own key", e);
        }
    }

    @Override
    public Cost cost() {
        Cost each = LeaseKeys.DERIVE.plus(LeaseKeys.SEAL);
        return each.plus(each);
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
