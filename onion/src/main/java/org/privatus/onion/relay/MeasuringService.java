package org.privatus.onion.relay;

import org.privatus.onion.MeasuringSettings;
import org.privatus.onion.flow.ByteBudget;
import org.privatus.onion.stream.StreamRequest;

/// Grants streams that measure this relay: few at a time, few bytes, and in all a stated rate, so that whoever measures
/// takes little from those who are carried.
final class MeasuringService {
    private final MeasuringSettings settings;
    private final ByteBudget budget;
    private int streams;

    MeasuringService(MeasuringSettings settings) {
        this.settings = settings;
        this.budget = new ByteBudget(settings.streamBytes() * settings.streams(), settings.rateBytes(), 0);
    }

    /// Whether this stream may begin; if so, {@link #ended} must follow.
    boolean admits(StreamRequest request, int streamsOfCircuit, long nowNanos) {
        boolean admitted = streams < settings.streams()
                && streamsOfCircuit < settings.streamsPerCircuit()
                && request.amount() <= settings.streamBytes()
                && budget.take(request.amount(), nowNanos);
        streams += admitted ? 1 : 0;
        return admitted;
    }

    void ended() {
        streams--;
    }
}
