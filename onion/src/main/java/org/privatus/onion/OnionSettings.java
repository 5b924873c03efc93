package org.privatus.onion;

import java.time.Duration;
import org.privatus.onion.flow.WindowSettings;

/// How a node makes and uses circuits of its own; `privatus.onion` in `reference.conf`, where each key is explained.
///
/// @param hops relays of a circuit, 2 to 6 (see {@link ThreatLevel}); the gateway that a sender extends to comes on top
/// @param laboratory private addresses are dialled, and do not count for diversity
public record OnionSettings(
        int hops,
        Duration lifetime,
        int maxCircuits,
        int spares,
        GuardSettings guards,
        int poolWanted,
        Duration poolSettle,
        Duration buildTimeout,
        Duration attemptTimeout,
        Duration lookupTimeout,
        Duration echoMin,
        Duration echoMax,
        Duration echoTimeout,
        Duration leaseRefresh,
        Duration leaseValidity,
        int spliceBufferBytes,
        long mostWork,
        ProbeSettings probes,
        int batchCells,
        WindowSettings window,
        boolean laboratory) {
    /// Own circuits in a laboratory, where relays are to be filled.
    private static final int LABORATORY_CIRCUITS = 10_000;

    /// No batch has more than 100 cells: from so many on none is a job.
    public static final int NEVER_A_JOB = 101;

    public OnionSettings {
        in("onion.threat-level (hops)", hops, 2, 6);
        in("onion.lifetime", lifetime, Duration.ofMinutes(10), Duration.ofHours(1));
        in("onion.max-circuits", maxCircuits, 5, laboratory ? LABORATORY_CIRCUITS : 10);
        in("onion.spares", spares, 0, 6);
        in("onion.pool-wanted", poolWanted, 2, 10_000);
        in("onion.pool-settle", poolSettle, Duration.ZERO, Duration.ofMinutes(1));
        in("onion.build-timeout", buildTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
        in("onion.attempt-timeout", attemptTimeout, Duration.ofSeconds(5), Duration.ofMinutes(5));
        in("onion.lookup-timeout", lookupTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
        in("onion.echo-min", echoMin, Duration.ofSeconds(5), Duration.ofMinutes(1));
        in("onion.echo-max", echoMax, echoMin, Duration.ofMinutes(2));
        in("onion.echo-timeout", echoTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
        in("onion.lease-refresh", leaseRefresh, Duration.ofMinutes(1), Duration.ofHours(12));
        in("onion.lease-validity", leaseValidity, leaseRefresh, Duration.ofHours(24));
        in("onion.splice-buffer", spliceBufferBytes, 4_096, 4 << 20);
        in("onion.most-work", mostWork, 1_000, 1_000_000_000);
        in("onion.batch-cells", batchCells, 8, NEVER_A_JOB);
    }

    public static OnionSettings defaults() {
        return new OnionSettings(
                ThreatLevel.MEDIUM.hops(),
                Duration.ofHours(1),
                10,
                3,
                GuardSettings.defaults(),
                256,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(6),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofSeconds(8),
                Duration.ofHours(1),
                Duration.ofHours(3),
                256 << 10,
                4_000_000,
                ProbeSettings.defaults(),
                NEVER_A_JOB,
                WindowSettings.defaults(),
                false);
    }

    public OnionSettings withProbes(ProbeSettings other) {
        return new OnionSettings(
                hops,
                lifetime,
                maxCircuits,
                spares,
                guards,
                poolWanted,
                poolSettle,
                buildTimeout,
                attemptTimeout,
                lookupTimeout,
                echoMin,
                echoMax,
                echoTimeout,
                leaseRefresh,
                leaseValidity,
                spliceBufferBytes,
                mostWork,
                other,
                batchCells,
                window,
                laboratory);
    }

    public OnionSettings withHops(int other) {
        return new OnionSettings(
                other,
                lifetime,
                maxCircuits,
                spares,
                guards,
                poolWanted,
                poolSettle,
                buildTimeout,
                attemptTimeout,
                lookupTimeout,
                echoMin,
                echoMax,
                echoTimeout,
                leaseRefresh,
                leaseValidity,
                spliceBufferBytes,
                mostWork,
                probes,
                batchCells,
                window,
                laboratory);
    }

    public OnionSettings withLaboratory(boolean other) {
        return new OnionSettings(
                hops,
                lifetime,
                maxCircuits,
                spares,
                guards,
                poolWanted,
                poolSettle,
                buildTimeout,
                attemptTimeout,
                lookupTimeout,
                echoMin,
                echoMax,
                echoTimeout,
                leaseRefresh,
                leaseValidity,
                spliceBufferBytes,
                mostWork,
                probes,
                batchCells,
                window,
                other);
    }

    public OnionSettings withWindow(WindowSettings other) {
        return new OnionSettings(
                hops,
                lifetime,
                maxCircuits,
                spares,
                guards,
                poolWanted,
                poolSettle,
                buildTimeout,
                attemptTimeout,
                lookupTimeout,
                echoMin,
                echoMax,
                echoTimeout,
                leaseRefresh,
                leaseValidity,
                spliceBufferBytes,
                mostWork,
                probes,
                batchCells,
                other,
                laboratory);
    }

    public OnionSettings withBatchCells(int other) {
        return new OnionSettings(
                hops,
                lifetime,
                maxCircuits,
                spares,
                guards,
                poolWanted,
                poolSettle,
                buildTimeout,
                attemptTimeout,
                lookupTimeout,
                echoMin,
                echoMax,
                echoTimeout,
                leaseRefresh,
                leaseValidity,
                spliceBufferBytes,
                mostWork,
                probes,
                other,
                window,
                laboratory);
    }

    static void in(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " = " + value + " is not in " + min + " to " + max);
        }
    }

    static void in(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " = " + value + " is not in " + min + " to " + max);
        }
    }

    static void in(String key, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    key + " = " + text(value) + " is not in " + text(min) + " to " + text(max));
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
