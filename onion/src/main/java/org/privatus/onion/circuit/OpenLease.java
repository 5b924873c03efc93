package org.privatus.onion.circuit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.lease.Lease;
import org.privatus.onion.lease.LeaseKeys;

/// Verifies the records that came for a lease, the highest seq first, and opens the first that is genuine.
final class OpenLease extends CircuitJob {
    private final Surroundings around;
    private final LeaseKeys keys;
    private final List<byte[]> records;
    private final BiConsumer<Optional<Lease>, Moment> then;
    private @Nullable Lease lease;

    OpenLease(Surroundings around, LeaseKeys keys, List<byte[]> records, BiConsumer<Optional<Lease>, Moment> then) {
        this.around = around;
        this.keys = keys;
        this.records = records;
        this.then = then;
    }

    @Override
    public void run() {
        List<SignedRecord> best = records.stream()
                .flatMap(OpenLease::read)
                .sorted(Comparator.comparingLong(SignedRecord::seq).reversed())
                .toList();
        for (SignedRecord record : best) {
            try {
                lease = keys.open(around.suite(), record);
                return;
            } catch (MalformedPacketException e) {
                lease = null;
            }
        }
    }

    private static Stream<SignedRecord> read(byte[] bytes) {
        try {
            return Stream.of(SignedRecord.read(bytes));
        } catch (MalformedPacketException e) {
            return Stream.empty();
        }
    }

    @Override
    public Cost cost() {
        return Cost.verifications(records.size());
    }

    @Override
    public void erase() {
        keys.erase();
    }

    @Override
    void deliver(Moment now) {
        keys.erase();
        then.accept(Optional.ofNullable(lease), now);
    }
}
