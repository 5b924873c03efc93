package org.privatus.onion.relay;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.flow.WindowSettings;

/// One of the two ends of a splice at its gateway: a stream of one circuit, and what waits to be sent on it. What comes
/// in at one end is consumed and waits, as bytes, at the other; nothing of a cell survives the gateway.
///
/// A queue above the high-water mark makes the other end's client stop (XOFF), one at the low-water mark makes it go on
/// (XON). Between XOFF and its effect at most a window can arrive: more is a violation, and ends the splice.
///
/// A stream that is joined to itself echoes.
final class JoinEnd implements HopStream {
    private static final int SLACK = 32;

    private final RelayCircuit circuit;
    private final int stream;
    private final RelaySettings settings;
    private final QueueBudget budget;
    private final ArrayDeque<Chunk> waiting = new ArrayDeque<>(1);
    private @Nullable JoinEnd other;
    /// Bytes that the client may still send.
    private long left = Long.MAX_VALUE;

    private @Nullable Runnable gone;
    private Last last = Last.NOTHING;
    private StreamEnd reason = StreamEnd.DONE;
    private boolean held;
    private boolean otherStopped;
    private boolean removed;

    /// What follows the bytes that wait.
    private enum Last {
        NOTHING,
        END_SENDING,
        /// END_SENDING is on its way.
        FINISHED,
        END
    }

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

    /// A stream whose bytes come back.
    ///
    /// @param amount bytes that the client may send
    /// @param gone run once when the stream is no more
    static JoinEnd echo(
            RelayCircuit circuit, int stream, long amount, RelaySettings settings, QueueBudget budget, Runnable gone) {
        JoinEnd end = new JoinEnd(circuit, stream, settings, budget);
        end.other = end;
        end.left = amount;
        end.gone = gone;
        return end;
    }

    JoinEnd other() {
        return Objects.requireNonNull(other);
    }

    @Override
    public int id() {
        return stream;
    }

    @Override
    public long oldestNanos() {
        return waiting.isEmpty() ? Long.MAX_VALUE : Objects.requireNonNull(waiting.peekFirst()).sinceNanos;
    }

    // ---- what the client of this end says

    @Override
    public void received(RelayMessage data, long nowNanos) {
        left -= data.bodyLength();
        if (left < 0) {
            overflow(nowNanos);
        } else {
            other().offer(data.body(), nowNanos);
        }
    }

    @Override
    public void finished(long nowNanos) {
        other().follow(other == this ? Last.END : Last.END_SENDING);
    }

    @Override
    public void ended(StreamEnd why, long nowNanos) {
        other().end(why);
    }

    @Override
    public void cut(long nowNanos) {
        other().end(StreamEnd.CIRCUIT_GONE);
    }

    @Override
    public void hold(boolean stop) {
        held = stop;
        if (!stop) {
            circuit.inward().hasData(this);
        }
    }

    // ---- what the other end says

    /// Bytes from the other end, to be sent here.
    private void offer(byte[] bytes, long nowNanos) {
        if (removed || last != Last.NOTHING) {
            return;
        }
        waiting.add(new Chunk(bytes, nowNanos));
        budget.take(1);
        if (waiting.size() > settings.spliceHighWater() + WindowSettings.MAX_CELLS + SLACK) {
            overflow(nowNanos);
            return;
        }
        if (waiting.size() > settings.spliceHighWater() && !otherStopped) {
            otherStopped = true;
            other().tell(RelayCommand.XOFF, nowNanos);
        }
        circuit.inward().hasData(this);
    }

    private void overflow(long nowNanos) {
        other().circuit.streams().end(other(), StreamEnd.OVERFLOW, nowNanos);
        circuit.streams().end(this, StreamEnd.OVERFLOW, nowNanos);
    }

    /// The other end is over: what waits here is still sent, then END.
    private void end(StreamEnd why) {
        if (last != Last.END) {
            reason = why;
            follow(Last.END);
        }
    }

    private void follow(Last next) {
        if (!removed && next.compareTo(last) > 0) {
            last = next;
            circuit.inward().hasData(this);
        }
    }

    // ---- sending

    @Override
    public boolean hasSomething() {
        return !removed && !held && (!waiting.isEmpty() || last == Last.END_SENDING || last == Last.END);
    }

    @Override
    public int dataCells() {
        return held ? 0 : waiting.size();
    }

    @Override
    public void write(byte[] run, int offset, RandomFill fill, long nowNanos) {
        Chunk chunk = waiting.poll();
        if (chunk == null) {
            writeLast(run, offset, fill);
            return;
        }
        budget.release(1);
        if (otherStopped && waiting.size() <= settings.spliceLowWater()) {
            otherStopped = false;
            other().tell(RelayCommand.XON, nowNanos);
        }
        RelayMessage.onStream(RelayCommand.DATA, stream, chunk.bytes).write(run, offset, fill);
    }

    private void writeLast(byte[] run, int offset, RandomFill fill) {
        if (last == Last.END) {
            circuit.streams().forget(this);
            RelayMessage.onStream(RelayCommand.END, stream, reason.toBytes()).write(run, offset, fill);
        } else {
            last = Last.FINISHED;
            RelayMessage.onStream(RelayCommand.END_SENDING, stream, new byte[0]).write(run, offset, fill);
        }
    }

    private void tell(int command, long nowNanos) {
        if (!removed) {
            circuit.inward().message(RelayMessage.onStream(command, stream, new byte[0]), nowNanos);
        }
    }

    @Override
    public void remove() {
        removed = true;
        budget.release(waiting.size());
        waiting.clear();
        if (gone != null) {
            gone.run();
            gone = null;
        }
    }
}
