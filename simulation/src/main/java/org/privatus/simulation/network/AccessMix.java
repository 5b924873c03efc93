package org.privatus.simulation.network;

import java.util.List;

/// The access links of a run's nodes, dealt out by weight.
///
/// @param classes empty: links without limits, which cost nothing to simulate
public record AccessMix(List<AccessClass> classes) {
    public static final AccessMix UNLIMITED = new AccessMix(List.of());

    /// Homes, phones and servers as they are common. Round numbers, not a measurement.
    public static final AccessMix HOMES = new AccessMix(List.of(
            new AccessClass("fibre", 0.30, 300_000_000, 300_000_000, 512 << 10, 512 << 10),
            new AccessClass("cable", 0.30, 20_000_000, 200_000_000, 256 << 10, 512 << 10),
            new AccessClass("dsl", 0.20, 10_000_000, 50_000_000, 128 << 10, 256 << 10),
            new AccessClass("mobile", 0.15, 5_000_000, 30_000_000, 128 << 10, 512 << 10),
            new AccessClass("server", 0.05, 1_000_000_000, 1_000_000_000, 1 << 20, 1 << 20)));

    public AccessMix {
        classes = List.copyOf(classes);
        if (!classes.isEmpty()) {
            Weights.require("access links", weights(classes));
        }
    }

    public boolean isUnlimited() {
        return classes.isEmpty();
    }

    /// The class of each node under a seed.
    Weights dealt(long seed) {
        return new Weights(seed, "access", weights(classes));
    }

    private static double[] weights(List<AccessClass> classes) {
        return classes.stream().mapToDouble(AccessClass::weight).toArray();
    }
}
