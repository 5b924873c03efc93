package org.privatus.onion.circuit;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.stream.StreamRequest;

/// Measures how fast a circuit that is ready brings bytes from its last hop, which makes them up. What comes with the
/// first run is not counted: it tells when the rest began. A circuit on which nothing comes is given up.
final class Probe implements CircuitOwner {
    private static final int STREAM = 1;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long BITS = 8;

    private final Surroundings around;
    private final Listener listener;
    private final Consumer<Moment> lost;
    private @Nullable Timer timer;
    private long firstNanos;
    private long lastNanos;
    private long counted;
    private boolean begun;

    interface Listener {
        /// The circuit is free again.
        ///
        /// @param kbits 0 where the last hop did not want to, or too little came
        void measured(Circuit circuit, long kbits, Moment now);
    }

    /// @param lost told when the circuit is gone before it was measured
    Probe(Surroundings around, Listener listener, Consumer<Moment> lost) {
        this.around = around;
        this.listener = listener;
        this.lost = lost;
    }

    void begin(Circuit circuit, long bytes, Moment now) {
        timer = around.timers().at(now.nanos() + PATIENCE_NANOS, later -> circuit.close(CircuitEnd.TIMED_OUT, later));
        var wanted = new StreamRequest(StreamRequest.Kind.SOURCE, bytes);
        circuit.send(RelayMessage.onStream(RelayCommand.BEGIN, STREAM, wanted.toBytes()));
    }

    @Override
    public CircuitPurpose purpose() {
        return CircuitPurpose.PROBE;
    }

    @Override
    public void data(Circuit circuit, int stream, byte[] bytes, Moment now) {
        if (!begun) {
            begun = true;
            firstNanos = now.nanos();
        } else {
            counted += bytes.length;
        }
        lastNanos = now.nanos();
    }

    @Override
    public void message(Circuit circuit, RelayMessage message, Moment now) throws MalformedPacketException {
        switch (message.command()) {
            case RelayCommand.CONNECTED, RelayCommand.END_SENDING -> {}
            case RelayCommand.END -> {
                cancel();
                long micros = TimeUnit.NANOSECONDS.toMicros(lastNanos - firstNanos);
                listener.measured(circuit, micros == 0 ? 0 : counted * BITS * 1_000 / micros, now);
            }
            default -> throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    @Override
    public void closed(Circuit circuit, CircuitEnd reason, Moment now) {
        cancel();
        lost.accept(now);
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
