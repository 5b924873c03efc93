package org.privatus.onion.relay;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.privatus.onion.DoorSettings;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.flow.TokenBucket;
import org.privatus.onion.work.WorkDone;

/// Where splices to one registered circuit come in: at a bounded rate, because each costs the person behind it a
/// handshake. Below the rate everybody is let in at once. Above it nobody is without work, those who did most first
/// (after Tor's proposal 327): whoever floods competes with honest strangers in work, and not in requests.
///
/// The effort asked for doubles each period in which more who did it came than could be let in, and halves each period in
/// which nobody waited and no more knocked than could be let in, down to nothing.
final class SpliceDoor {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Relay relay;
    private final RelayCircuit circuit;
    private final DoorSettings settings;
    private final TokenBucket rate;
    private final TreeSet<Knock> waiting =
            new TreeSet<>(Comparator.comparingLong(Knock::effort).reversed().thenComparingLong(Knock::number));
    private long effort;
    private long adjustedAtNanos;
    private long numbers;
    private long knocks;
    private boolean overflowed;
    private boolean waited;
    private @Nullable Timer timer;

    /// Somebody who waits.
    private record Knock(RelayCircuit from, int stream, long effort, long number) {}

    SpliceDoor(Relay relay, RelayCircuit circuit, DoorSettings settings, long nowNanos) {
        this.relay = relay;
        this.circuit = circuit;
        this.settings = settings;
        this.rate = new TokenBucket(settings.burst(), settings.interval().toNanos(), nowNanos);
        this.adjustedAtNanos = nowNanos;
    }

    /// A circuit asks for a splice. It is answered now or later.
    ///
    /// @param work checked
    void knock(RelayCircuit from, int stream, Optional<WorkDone> work, long nowNanos) {
        adjust(nowNanos);
        knocks++;
        if (effort == 0 && rate.take(nowNanos)) {
            from.admitted(circuit, stream, nowNanos);
            return;
        }
        effort = Math.max(effort, settings.leastEffort());
        if (work.isEmpty() || work.get().effort() < effort) {
            from.askWork(stream, effort, nowNanos);
            return;
        }
        waiting.add(new Knock(from, stream, work.get().effort(), numbers++));
        admit(nowNanos);
        waited |= !waiting.isEmpty();
        if (waiting.size() > settings.queue()) {
            overflowed = true;
            Knock last = waiting.pollLast();
            if (last != null) {
                last.from.askWork(last.stream, Math.min(2 * effort, settings.mostEffort()), nowNanos);
            }
        }
    }

    private void admit(long nowNanos) {
        while (!waiting.isEmpty() && rate.take(nowNanos)) {
            Knock best = waiting.pollFirst();
            if (best != null) {
                best.from.admitted(circuit, best.stream, nowNanos);
            }
        }
        if (!waiting.isEmpty() && timer == null) {
            timer = relay.timers().at(nowNanos + settings.interval().toNanos(), now -> {
                timer = null;
                adjust(now.nanos());
                admit(now.nanos());
            });
        }
    }

    private void adjust(long nowNanos) {
        while (nowNanos - adjustedAtNanos >= PERIOD_NANOS) {
            adjustedAtNanos += PERIOD_NANOS;
            if (overflowed) {
                effort = Math.min(2 * effort, settings.mostEffort());
            } else if (!waited && knocks * settings.interval().toNanos() < PERIOD_NANOS) {
                effort = effort / 2 < settings.leastEffort() ? 0 : effort / 2;
            }
            knocks = 0;
            overflowed = false;
            waited = !waiting.isEmpty();
        }
    }

    /// What is asked for now; 0 for nothing.
    long effort() {
        return effort;
    }

    int waiting() {
        return waiting.size();
    }

    /// The circuit is gone: those who wait are told.
    void close(long nowNanos) {
        if (timer != null) {
            timer.cancel();
        }
        while (!waiting.isEmpty()) {
            Knock next = waiting.pollFirst();
            if (next != null) {
                next.from.notAdmitted(next.stream, nowNanos);
            }
        }
    }
}
