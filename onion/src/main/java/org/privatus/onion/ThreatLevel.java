package org.privatus.onion;

/// How many hops own circuits have. A rare length stands out, so there are only these.
public enum ThreatLevel {
    LOW(2),
    MEDIUM(3),
    HIGH(4),
    EXTREME(6);

    private final int hops;

    ThreatLevel(int hops) {
        this.hops = hops;
    }

    public int hops() {
        return hops;
    }
}
