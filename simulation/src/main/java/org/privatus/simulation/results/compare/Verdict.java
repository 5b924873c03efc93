package org.privatus.simulation.results.compare;

/// What can be said about a difference.
public enum Verdict {
    /// More than chance explains, and large enough to matter.
    DIFFERS("differs"),
    /// More than chance explains, but very small.
    SLIGHT("differs slightly"),
    /// There is only one value on a side: another seed might differ as much.
    NOISE_UNKNOWN("noise unknown: one seed"),
    /// Measured on one side only.
    ONE_SIDED("only on one side"),
    /// Chance explains it.
    WITHIN_NOISE("within noise"),
    /// The same number.
    EQUAL("equal");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /// Whether a reader should look at it.
    public boolean isLoud() {
        return this == DIFFERS;
    }
}
