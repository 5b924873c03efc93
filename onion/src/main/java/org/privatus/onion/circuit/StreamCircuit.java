package org.privatus.onion.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.path.PathHop;
import org.privatus.onion.path.PathWish;
import org.privatus.onion.stream.CircuitRequest;
import org.privatus.onion.stream.StreamRequest;

/// A circuit that somebody asked for, and the streams to its last hop. It serves nobody else.
final class StreamCircuit extends Demand {
    private static final int MAX_STREAM = 0xffff;
    private static final int MAX_STREAMS = 256;

    private final long id;
    private final CircuitRequest request;
    private final Surroundings around;
    private final CircuitSupply supply;
    private final StreamTable table;
    private final TreeMap<Integer, OwnStream> streams = new TreeMap<>();
    private @Nullable Circuit circuit;
    private Moment asked;
    private int last;

    StreamCircuit(
            long id, CircuitRequest request, Surroundings around, CircuitSupply supply, StreamTable table, Moment now) {
        this.id = id;
        this.request = request;
        this.around = around;
        this.supply = supply;
        this.table = table;
        this.asked = now;
    }

    /// Begins right after the present input: whoever asked must first learn the circuit's number.
    void begin(Moment now) {
        table.put(id, this);
        around.timers().at(now.nanos(), later -> {
            if (table.contains(id)) {
                asked = later;
                supply.want(this, later);
            }
        });
    }

    @Override
    PathWish wish() {
        return PathWish.of(request.hops());
    }

    @Override
    Optional<List<PathHop>> givenPath() {
        return request.path().isEmpty() ? Optional.empty() : Optional.of(request.path());
    }

    @Override
    public CircuitPurpose purpose() {
        return CircuitPurpose.STREAMS;
    }

    @Override
    void given(Circuit given, boolean spare, Moment now) {
        circuit = given;
        around.effects().circuitOpened(id, given.hopIds(), now.nanos() - asked.nanos());
    }

    @Override
    void unmet(Moment now) {
        over();
    }

    private void over() {
        if (table.remove(id)) {
            around.effects().circuitClosed(id);
        }
    }

    // ---- streams

    /// Empty if the circuit is not open, or has too many streams.
    OptionalLong open(StreamRequest wanted) {
        Circuit open = circuit;
        if (open == null || streams.size() >= MAX_STREAMS) {
            return OptionalLong.empty();
        }
        do {
            last = last % MAX_STREAM + 1;
        } while (streams.containsKey(last));
        OwnStream stream = new OwnStream(table.nextStream(), last, this, open, around);
        streams.put(last, stream);
        table.put(stream);
        open.send(RelayMessage.onStream(RelayCommand.BEGIN, last, wanted.toBytes()));
        return OptionalLong.of(stream.id());
    }

    void forget(OwnStream stream) {
        streams.remove(stream.streamId(), stream);
        table.remove(stream);
    }

    @Override
    public void data(Circuit from, int stream, byte[] bytes, Moment now) throws MalformedPacketException {
        OwnStream known = streams.get(stream);
        if (known != null) {
            known.received(bytes);
        }
    }

    /// Messages for streams that are no more were on their way when the stream ended.
    @Override
    public void message(Circuit from, RelayMessage message, Moment now) throws MalformedPacketException {
        OwnStream stream = streams.get(message.stream());
        switch (message.command()) {
            case RelayCommand.CONNECTED -> {
                if (stream != null) {
                    stream.connected();
                }
            }
            case RelayCommand.END_SENDING -> {
                if (stream != null) {
                    stream.otherFinished();
                }
            }
            case RelayCommand.END -> {
                if (stream != null) {
                    stream.closed(StreamEnd.of(message.body()));
                }
            }
            default -> throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    // ---- the end

    @Override
    public void closed(Circuit dead, CircuitEnd reason, Moment now) {
        circuit = null;
        new ArrayList<>(streams.values()).forEach(stream -> stream.closed(StreamEnd.CIRCUIT_GONE));
        over();
    }

    /// Not needed any more. Nothing more is said of it.
    void close(Moment now) {
        table.remove(id);
        supply.cancel(this);
        new ArrayList<>(streams.values()).forEach(OwnStream::reset);
        Circuit left = circuit;
        if (left != null) {
            left.close(CircuitEnd.RELEASED, now);
        }
    }
}
