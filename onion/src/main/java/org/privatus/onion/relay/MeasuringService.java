package org.privatus.onion.relay;

import java.util.concurrent.TimeUnit;
import org.privatus.onion.MeasuringSettings;
import org.privatus.onion.flow.ByteBudget;
import org.privatus.onion.stream.StreamRequest;

/// Grants streams that measure this relay: few at a time, few bytes, and in all a stated rate, so that whoever measures
/// takes little from those who are carried.
final class MeasuringService {
    /// How long a stream may take: so many seconds, and one more for each 16 KiB. Whoever does not go on gives its place to others.
    private static final int SECONDS = 60;

    private static final int BYTES_PER_SECOND_SHIFT = 14;
    private static final int SECONDS_MAX = 1_000_000;

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

    /// When a stream that begins now is ended, done or not.
    static long deadlineNanos(StreamRequest request, long nowNanos) {
        long seconds = SECONDS + Math.min(request.amount() >> BYTES_PER_SECOND_SHIFT, SECONDS_MAX);
        return nowNanos + TimeUnit.SECONDS.toNanos(seconds);
    }

    void ended() {
        streams--;
    }
}
