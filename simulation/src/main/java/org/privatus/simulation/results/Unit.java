package org.privatus.simulation.results;

/// What a number of `summary.json` counts.
public enum Unit {
    COUNT(""),
    SECONDS("s"),
    MILLIS("ms"),
    BYTES("B"),
    PER_SECOND("1/s"),
    /// 0 to 1.
    SHARE("0–1"),
    RATIO("");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
