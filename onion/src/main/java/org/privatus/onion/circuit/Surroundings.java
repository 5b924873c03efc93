package org.privatus.onion.circuit;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.flow.Timers;

/// What the parts of this core are given alike.
record Surroundings(
        OnionSettings settings,
        CryptoSuite suite,
        SecureRandom keys,
        RandomFill fill,
        RandomGenerator behaviour,
        CircuitEffects effects,
        Timers timers,
        Turn turn) {
    /// A time between both, in nanoseconds.
    long jitter(long fromNanos, long toNanos) {
        return fromNanos >= toNanos ? fromNanos : behaviour.nextLong(fromNanos, toNanos);
    }
}
