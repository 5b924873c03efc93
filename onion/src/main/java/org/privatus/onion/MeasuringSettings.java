package org.privatus.onion;

/// What a relay lets others measure; `privatus.onion.relay.measuring` in `reference.conf`, where each key is explained.
///
/// @param streamBytes that one stream may carry
/// @param rateBytes per second that all streams together are granted
public record MeasuringSettings(long streamBytes, int streamsPerCircuit, int streams, long rateBytes) {
    private static final long MAX_BYTES = 1L << 50;

    public MeasuringSettings {
        in("stream", streamBytes, 0, MAX_BYTES);
        OnionSettings.in("measuring.streams-per-circuit", streamsPerCircuit, 0, 256);
        OnionSettings.in("measuring.streams", streams, 0, 65_536);
        in("rate", rateBytes, 1, MAX_BYTES);
    }

    public static MeasuringSettings defaults() {
        return new MeasuringSettings(1 << 20, 1, 4, 256 << 10);
    }

    private static void in(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("measuring." + key + " = " + value + " is not in " + min + " to " + max);
        }
    }
}
