package org.privatus.crypto.identity;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.privatus.crypto.suite.CryptoSuite;

/// The onion keys that a relay answers to: the current one, which its descriptor names, and the one before, for those
/// who still hold an older descriptor. Immutable; a rotation makes new `OnionKeys`, and whoever drops the oldest pair
/// erases it.
///
/// @param rotatedAtEpochMillis when the current pair was made
public record OnionKeys(OnionKeyPair current, Optional<OnionKeyPair> previous, long rotatedAtEpochMillis) {
    /// A key is the current one for a week, and is answered to for one more.
    public static final long ROTATION_MILLIS = TimeUnit.DAYS.toMillis(7);

    public static OnionKeys generate(CryptoSuite suite, SecureRandom keys, long epochMillis) {
        return new OnionKeys(OnionKeyPair.generate(suite, keys), Optional.empty(), epochMillis);
    }

    /// Whether a rotation is due. A clock that was set back by more than a rotation counts as due too.
    public boolean isRotationDue(long epochMillis) {
        long age = epochMillis - rotatedAtEpochMillis;
        return age >= ROTATION_MILLIS || age < -ROTATION_MILLIS;
    }

    /// When [#isRotationDue] turns true.
    public long rotationDueEpochMillis() {
        return rotatedAtEpochMillis + ROTATION_MILLIS;
    }

    /// A new current pair; the current one becomes the previous (unless it is too old even for that), and the
    /// previous one is no longer answered to.
    public OnionKeys rotate(CryptoSuite suite, SecureRandom keys, long epochMillis) {
        boolean stillKnown = epochMillis - rotatedAtEpochMillis < 2 * ROTATION_MILLIS;
        Optional<OnionKeyPair> kept = stillKnown ? Optional.of(current) : Optional.empty();
        return new OnionKeys(OnionKeyPair.generate(suite, keys), kept, epochMillis);
    }

    /// The pair whose public half is `key`.
    public Optional<OnionKeyPair> find(OnionKey key) {
        if (current.key().equals(key)) {
            return Optional.of(current);
        }
        return previous.filter(pair -> pair.key().equals(key));
    }

    public void erase() {
        current.erase();
        previous.ifPresent(OnionKeyPair::erase);
    }
}
