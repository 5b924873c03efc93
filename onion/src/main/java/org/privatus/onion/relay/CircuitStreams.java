package org.privatus.onion.relay;

import java.util.ArrayList;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.Status;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.stream.StreamRequest;

/// The streams that a circuit's client has to this relay, by id. Messages for streams that are no more do nothing: they were on their
/// way when the stream ended.
final class CircuitStreams {
    private static final int MAX_STREAM = 0xffff;

    private final RelayCircuit circuit;
    private final RelaySettings settings;
    private final QueueBudget budget;
    private final TreeMap<Integer, HopStream> ends = new TreeMap<>();
    private int last;

    CircuitStreams(RelayCircuit circuit, RelaySettings settings, QueueBudget budget) {
        this.circuit = circuit;
        this.settings = settings;
        this.budget = budget;
    }

    int size() {
        return ends.size();
    }

    boolean isEmpty() {
        return ends.isEmpty();
    }

    boolean contains(int stream) {
        return ends.containsKey(stream);
    }

    /// Joins a stream of this circuit to a fresh one of the other, and tells the other's client.
    Status join(int stream, CircuitStreams other, long nowNanos) {
        OptionalInt fresh = other.fresh();
        if (fresh.isEmpty() || ends.size() >= RelaySettings.MAX_SPLICES_PER_CIRCUIT) {
            return Status.LIMIT;
        }
        int there = fresh.getAsInt();
        JoinEnd here = JoinEnd.join(circuit, stream, other.circuit, there, settings, budget);
        ends.put(stream, here);
        other.ends.put(there, here.other());
        other.circuit.inward().message(RelayMessage.onStream(RelayCommand.SPLICE, there, new byte[0]), nowNanos);
        return Status.OK;
    }

    /// A stream that measures this relay.
    void begin(int stream, StreamRequest request, MeasuringService service, long nowNanos) {
        if (!service.admits(request, ends.size(), nowNanos)) {
            circuit.inward()
                    .message(RelayMessage.onStream(RelayCommand.END, stream, StreamEnd.LIMIT.toBytes()), nowNanos);
            return;
        }
        circuit.inward().message(RelayMessage.onStream(RelayCommand.CONNECTED, stream, new byte[0]), nowNanos);
        Timer timer = circuit.timers()
                .at(MeasuringService.deadlineNanos(request, nowNanos), now -> giveUp(stream, now.nanos()));
        Runnable gone = () -> {
            timer.cancel();
            service.ended();
        };
        HopStream begun = switch (request.kind()) {
            case SINK, SOURCE -> new MeasuringStream(circuit, stream, request, gone);
            case ECHO -> JoinEnd.echo(circuit, stream, request.amount(), settings, budget, gone);
        };
        ends.put(stream, begun);
        if (begun.hasSomething()) {
            circuit.inward().hasData(begun);
        }
    }

    private void giveUp(int stream, long nowNanos) {
        HopStream measured = ends.get(stream);
        if (measured != null) {
            end(measured, StreamEnd.LIMIT, nowNanos);
        }
    }

    /// An id that no stream has, and that was not used for long.
    private OptionalInt fresh() {
        if (ends.size() >= RelaySettings.MAX_SPLICES_PER_CIRCUIT) {
            return OptionalInt.empty();
        }
        do {
            last = last % MAX_STREAM + 1;
        } while (ends.containsKey(last));
        return OptionalInt.of(last);
    }

    void data(RelayMessage message, long nowNanos) {
        HopStream stream = ends.get(message.stream());
        if (stream != null) {
            stream.received(message, nowNanos);
        }
    }

    /// The client sends no more on this stream.
    void finished(int stream, long nowNanos) {
        HopStream end = ends.get(stream);
        if (end != null) {
            end.finished(nowNanos);
        }
    }

    /// The client ended the stream: the other side still gets what was sent.
    void ended(RelayMessage message, long nowNanos) {
        HopStream stream = ends.get(message.stream());
        if (stream != null) {
            forget(stream);
            stream.ended(StreamEnd.of(message.body()), nowNanos);
        }
    }

    void hold(int stream, boolean stop) {
        HopStream end = ends.get(stream);
        if (end != null) {
            end.hold(stop);
        }
    }

    /// Ends a stream from here: nothing more goes out on it but END.
    void end(HopStream stream, StreamEnd reason, long nowNanos) {
        if (Objects.equals(ends.get(stream.id()), stream)) {
            forget(stream);
            circuit.inward().message(RelayMessage.onStream(RelayCommand.END, stream.id(), reason.toBytes()), nowNanos);
        }
    }

    void forget(HopStream stream) {
        stream.remove();
        ends.remove(stream.id(), stream);
    }

    /// The circuit is gone; the other sides still get what was sent.
    void close(long nowNanos) {
        for (HopStream stream : new ArrayList<>(ends.values())) {
            forget(stream);
            stream.cut(nowNanos);
        }
    }

    long oldestNanos() {
        return ends.values().stream().mapToLong(HopStream::oldestNanos).min().orElse(Long.MAX_VALUE);
    }
}
