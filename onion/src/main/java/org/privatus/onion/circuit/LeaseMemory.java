package org.privatus.onion.circuit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.onion.lease.Lease;

/// Leases that worked not long ago, so that a broken splice is opened again without a lookup. Bounded.
final class LeaseMemory {
    private static final int MAX = 256;
    /// How far clocks of two people may differ.
    static final long CLOCK_SKEW_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final LinkedHashMap<PersonKey, Lease> leases = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PersonKey, Lease> eldest) {
            return size() > MAX;
        }
    };

    void put(PersonKey person, Lease lease) {
        leases.put(person, lease);
    }

    void forget(PersonKey person) {
        leases.remove(person);
    }

    Optional<Lease> find(PersonKey person, long epochMillis) {
        return Optional.ofNullable(leases.get(person)).filter(lease -> lease.isValidAt(epochMillis, CLOCK_SKEW_MILLIS));
    }
}
