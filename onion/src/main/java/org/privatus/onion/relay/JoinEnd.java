package org.privatus.onion.relay;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.flow.SendWindow;

/// One of the two ends of a splice at its gateway: a stream of one circuit, and what waits to be sent on it. What comes
/// in at one end is consumed and waits, as bytes, at the other; nothing of a cell survives the gateway.
///
/// A queue above the high-water mark makes the other end's client stop (XOFF), one at the low-water mark makes it go on
/// (XON). Between XOFF and its effect at most a window can arrive: more is a violation, and ends the splice.
final class JoinEnd {
    private static final int SLACK = 32;

    private final RelayCircuit circuit;
    private final int stream;
    private final RelaySettings settings;
    private final QueueBudget budget;
    private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
    private @Nullable JoinEnd other;
    private @Nullable StreamEnd ending;
    private boolean held;
    private boolean otherStopped;
    private boolean removed;

    @SuppressWarnings("ArrayRecordComponent")
    private record Chunk(byte[] bytes, long sinceNanos) {}

    private JoinEnd(RelayCircuit circuit, int stream, RelaySettings settings, QueueBudget budget) {
        this.circuit = circuit;
        this.stream = stream;
        this.settings = settings;
        this.budget = budget;
    }

    /// Joins a stream of `one` to a stream of `another`; returns the end at `one`.
    static JoinEnd join(
            RelayCircuit one,
            int streamOfOne,
            RelayCircuit another,
            int streamOfAnother,
            RelaySettings settings,
            QueueBudget budget) {
        JoinEnd end = new JoinEnd(one, streamOfOne, settings, budget);
        JoinEnd far = new JoinEnd(another, streamOfAnother, settings, budget);
        end.other = far;
        far.other = end;
        return end;
    }

    JoinEnd other() {
        return Objects.requireNonNull(other);
    }

    RelayCircuit circuit() {
        return circuit;
    }

    int stream() {
        return stream;
    }

    long oldestNanos() {
        return waiting.isEmpty() ? Long.MAX_VALUE : Objects.requireNonNull(waiting.peekFirst()).sinceNanos;
    }

    /// Bytes from the other end, to be sent here.
    void offer(byte[] bytes, long nowNanos) {
        if (removed || ending != null) {
            return;
        }
        waiting.add(new Chunk(bytes, nowNanos));
        budget.take(1);
        if (waiting.size() > settings.spliceHighWater() + SendWindow.SIZE + SLACK) {
            other().circuit.streams().end(other(), StreamEnd.OVERFLOW, nowNanos);
            circuit.streams().end(this, StreamEnd.OVERFLOW, nowNanos);
            return;
        }
        if (waiting.size() > settings.spliceHighWater() && !otherStopped) {
            otherStopped = true;
            other().tell(RelayCommand.XOFF, nowNanos);
        }
        circuit.inward().hasData(this, nowNanos);
    }

    /// The other end is over: what waits here is still sent, then END.
    void end(StreamEnd reason, long nowNanos) {
        if (!removed && ending == null) {
            ending = reason;
            circuit.inward().hasData(this, nowNanos);
        }
    }

    /// The client of this end wants no more for now, or again.
    void hold(boolean stop, long nowNanos) {
        held = stop;
        if (!stop) {
            circuit.inward().hasData(this, nowNanos);
        }
    }

    boolean hasSomething() {
        return !removed && !held && (!waiting.isEmpty() || ending != null);
    }

    /// Whether what comes next counts against the circuit's window.
    boolean nextIsData() {
        return !waiting.isEmpty();
    }

    /// The next message for this end: bytes, or END when all are sent.
    Optional<RelayMessage> next(long nowNanos) {
        Chunk chunk = waiting.poll();
        if (chunk == null) {
            return Optional.ofNullable(ending).map(reason -> {
                circuit.streams().forget(this);
                return RelayMessage.onStream(RelayCommand.END, stream, reason.toBytes());
            });
        }
        budget.release(1);
        if (otherStopped && waiting.size() <= settings.spliceLowWater()) {
            otherStopped = false;
            other().tell(RelayCommand.XON, nowNanos);
        }
        return Optional.of(RelayMessage.onStream(RelayCommand.DATA, stream, chunk.bytes));
    }

    private void tell(int command, long nowNanos) {
        if (!removed) {
            circuit.inward().message(RelayMessage.onStream(command, stream, new byte[0]), nowNanos);
        }
    }

    /// Nothing goes in or out here any more.
    void remove() {
        removed = true;
        budget.release(waiting.size());
        waiting.clear();
    }
}
