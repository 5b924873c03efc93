package org.privatus.simulation.suite;

import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.HeaderMask;
import org.privatus.simulation.random.Mix;

/// A well-spread word of key and sample.
final class StubHeaderMask implements HeaderMask {
    private final long key;
    private boolean erased;

    StubHeaderMask(AeadKind kind, byte[] key) {
        this.key = Mix.of(Mix.of(kind.name()), key, 0, KEY_LENGTH);
    }

    @Override
    public long of(byte[] sample, int offset) {
        if (erased) {
            throw new IllegalStateException("erased");
        }
        return Mix.of(Mix.of(key, StubHash.getLong(sample, offset)), StubHash.getLong(sample, offset + Long.BYTES));
    }

    @Override
    public void erase() {
        erased = true;
    }
}
