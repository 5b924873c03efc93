package org.privatus.simulation.bench.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Samples of several figures, noted round by round.
public final class RowBook {
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();

    /// Notes a sample.
    ///
    /// @param key of the figure, see [BenchRow]
    public void note(String key, double value) {
        samples.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }

    /// Empty where nothing was noted.
    public Optional<Spread> spread(String key) {
        return Optional.ofNullable(samples.get(key)).map(Spread::new);
    }
}
