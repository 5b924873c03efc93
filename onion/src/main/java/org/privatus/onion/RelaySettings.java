package org.privatus.onion;

import java.time.Duration;
import org.privatus.onion.flow.WindowSettings;

/// What a node does for circuits of others; `privatus.onion.relay` in `reference.conf`, where each key is explained.
///
/// @param laboratory private addresses are dialled for others
public record RelaySettings(
        int maxCircuits,
        int maxRegistrations,
        int maxQueuedCells,
        int maxQueuedCellsPerCircuit,
        int spliceHighWater,
        int spliceLowWater,
        int batchCells,
        WindowSettings window,
        MeasuringSettings measuring,
        int buildBurst,
        Duration buildInterval,
        DoorSettings door,
        int dhtBurst,
        Duration dhtInterval,
        Duration createTimeout,
        Duration extendTimeout,
        Duration maxAge,
        boolean laboratory) {
    /// Fixed by the protocol.
    public static final int MAX_SPLICES_PER_CIRCUIT = 256;

    /// Times that one circuit makes this relay dial.
    public static final int MAX_EXTENDS_PER_CIRCUIT = 2;

    public RelaySettings {
        OnionSettings.in("onion.relay.max-circuits", maxCircuits, 16, 1_000_000);
        OnionSettings.in("onion.relay.max-registrations", maxRegistrations, 1, maxCircuits);
        OnionSettings.in("onion.relay.max-queued-cells", maxQueuedCells, 1_024, 1 << 22);
        OnionSettings.in("onion.relay.max-queued-cells-per-circuit", maxQueuedCellsPerCircuit, 576, 65_536);
        OnionSettings.in("onion.relay.splice-high-water", spliceHighWater, 32, 1_024);
        OnionSettings.in("onion.relay.splice-low-water", spliceLowWater, 0, spliceHighWater - 1);
        OnionSettings.in("onion.relay.batch-cells", batchCells, 8, OnionSettings.NEVER_A_JOB);
        OnionSettings.in("onion.relay.build-burst", buildBurst, 8, 1_000_000);
        OnionSettings.in("onion.relay.build-interval", buildInterval, Duration.ofNanos(1_000), Duration.ofMinutes(1));
        OnionSettings.in("onion.relay.dht-burst", dhtBurst, 4, 1_000);
        OnionSettings.in("onion.relay.dht-interval", dhtInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
        OnionSettings.in("onion.relay.create-timeout", createTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
        OnionSettings.in("onion.relay.extend-timeout", extendTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
        OnionSettings.in("onion.relay.max-age", maxAge, Duration.ofMinutes(20), Duration.ofHours(24));
    }

    public static RelaySettings defaults() {
        return new RelaySettings(
                4_096,
                1_024,
                32_768,
                8_192,
                512,
                256,
                OnionSettings.NEVER_A_JOB,
                WindowSettings.defaults(),
                MeasuringSettings.defaults(),
                500,
                Duration.ofMillis(10),
                DoorSettings.defaults(),
                16,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofHours(2),
                false);
    }

    public RelaySettings withLaboratory(boolean other) {
        return new RelaySettings(
                maxCircuits,
                maxRegistrations,
                maxQueuedCells,
                maxQueuedCellsPerCircuit,
                spliceHighWater,
                spliceLowWater,
                batchCells,
                window,
                measuring,
                buildBurst,
                buildInterval,
                door,
                dhtBurst,
                dhtInterval,
                createTimeout,
                extendTimeout,
                maxAge,
                other);
    }

    public RelaySettings withWindow(WindowSettings other) {
        return new RelaySettings(
                maxCircuits,
                maxRegistrations,
                maxQueuedCells,
                maxQueuedCellsPerCircuit,
                spliceHighWater,
                spliceLowWater,
                batchCells,
                other,
                measuring,
                buildBurst,
                buildInterval,
                door,
                dhtBurst,
                dhtInterval,
                createTimeout,
                extendTimeout,
                maxAge,
                laboratory);
    }

    public RelaySettings withDoor(DoorSettings other) {
        return new RelaySettings(
                maxCircuits,
                maxRegistrations,
                maxQueuedCells,
                maxQueuedCellsPerCircuit,
                spliceHighWater,
                spliceLowWater,
                batchCells,
                window,
                measuring,
                buildBurst,
                buildInterval,
                other,
                dhtBurst,
                dhtInterval,
                createTimeout,
                extendTimeout,
                maxAge,
                laboratory);
    }

    public RelaySettings withMaxRegistrations(int other) {
        return new RelaySettings(
                maxCircuits,
                other,
                maxQueuedCells,
                maxQueuedCellsPerCircuit,
                spliceHighWater,
                spliceLowWater,
                batchCells,
                window,
                measuring,
                buildBurst,
                buildInterval,
                door,
                dhtBurst,
                dhtInterval,
                createTimeout,
                extendTimeout,
                maxAge,
                laboratory);
    }

    public RelaySettings withMeasuring(MeasuringSettings other) {
        return new RelaySettings(
                maxCircuits,
                maxRegistrations,
                maxQueuedCells,
                maxQueuedCellsPerCircuit,
                spliceHighWater,
                spliceLowWater,
                batchCells,
                window,
                other,
                buildBurst,
                buildInterval,
                door,
                dhtBurst,
                dhtInterval,
                createTimeout,
                extendTimeout,
                maxAge,
                laboratory);
    }

    public RelaySettings withBatchCells(int other) {
        return new RelaySettings(
                maxCircuits,
                maxRegistrations,
                maxQueuedCells,
                maxQueuedCellsPerCircuit,
                spliceHighWater,
                spliceLowWater,
                other,
                window,
                measuring,
                buildBurst,
                buildInterval,
                door,
                dhtBurst,
                dhtInterval,
                createTimeout,
                extendTimeout,
                maxAge,
                laboratory);
    }

    public RelaySettings withBuilds(int burst, Duration interval) {
        return new RelaySettings(
                maxCircuits,
                maxRegistrations,
                maxQueuedCells,
                maxQueuedCellsPerCircuit,
                spliceHighWater,
                spliceLowWater,
                batchCells,
                window,
                measuring,
                burst,
                interval,
                door,
                dhtBurst,
                dhtInterval,
                createTimeout,
                extendTimeout,
                maxAge,
                laboratory);
    }
}
