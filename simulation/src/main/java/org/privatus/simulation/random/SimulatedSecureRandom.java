package org.privatus.simulation.random;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/// Keys and nonces of a simulated node: a `SecureRandom` in type only, wholly predictable from the run's seed. Reseeding does
/// nothing.
public final class SimulatedSecureRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    /// Asked directly: the way through the provider's class makes an array for each word.
    private final transient CounterRandom words;

    public SimulatedSecureRandom(CounterRandom source) {
        super(new Source(source), null);
        this.words = source;
    }

    @Override
    public long nextLong() {
        return words.nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        words.nextBytes(bytes);
    }

    @Override
    public String getAlgorithm() {
        return "Simulated";
    }

    private static final class Source extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final transient CounterRandom words;

        Source(CounterRandom words) {
            this.words = words;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // the run's seed alone decides
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            words.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            var bytes = new byte[count];
            words.nextBytes(bytes);
            return bytes;
        }
    }
}
