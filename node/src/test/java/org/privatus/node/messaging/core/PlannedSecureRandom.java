package org.privatus.node.messaging.core;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/// Keys that follow from a seed, so that a failing run can be repeated.
final class PlannedSecureRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom source;

    PlannedSecureRandom(long seed) {
        this.source = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }
}
