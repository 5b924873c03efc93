package org.privatus.onion.relay;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.onion.cell.ChannelCell;

/// One channel of a circuit: what may be sent on it, what waits for credit, ready to go, and how many of the cells that
/// came on it are done with.
final class Leg {
    private final RelayCircuit circuit;
    private final long channel;
    private final NodeKey peer;
    private final RelayEffects effects;
    private final QueueBudget budget;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(1);
    private int queued;
    private int credit;
    private int done;
    private boolean closed;

    /// Cells of a run, and since when they wait.
    ///
    /// @param source where they came from; it hears when they are gone
    @SuppressWarnings("ArrayRecordComponent")
    private record Waiting(
            byte[] run, int from, int to, @Nullable Leg source, long sinceNanos) {
        /// What is left of a run that is mostly gone does not keep the whole of it: memory is counted in cells that wait.
        static Waiting of(byte[] run, int from, int to, @Nullable Leg source, long sinceNanos) {
            return 2 * (to - from) > run.length
                    ? new Waiting(run, from, to, source, sinceNanos)
                    : new Waiting(Arrays.copyOfRange(run, from, to), 0, to - from, source, sinceNanos);
        }
    }

    Leg(RelayCircuit circuit, long channel, NodeKey peer, int credit, RelayEffects effects, QueueBudget budget) {
        this.circuit = circuit;
        this.channel = channel;
        this.peer = peer;
        this.credit = credit;
        this.effects = effects;
        this.budget = budget;
    }

    RelayCircuit circuit() {
        return circuit;
    }

    long channel() {
        return channel;
    }

    NodeKey peer() {
        return peer;
    }

    int credit() {
        return queued == 0 ? credit : 0;
    }

    int queued() {
        return queued;
    }

    long oldestNanos() {
        return waiting.isEmpty() ? Long.MAX_VALUE : Objects.requireNonNull(waiting.peekFirst()).sinceNanos;
    }

    /// More may be sent.
    void credited(int cells) {
        credit += cells;
        while (credit > 0 && !waiting.isEmpty()) {
            Waiting next = waiting.removeFirst();
            int sent = transmit(next.run, next.from, next.to, next.source);
            queued -= sent;
            budget.release(sent);
            int rest = next.from + sent * ChannelCell.LENGTH;
            if (rest < next.to) {
                waiting.addFirst(Waiting.of(next.run, rest, next.to, next.source, next.sinceNanos));
            }
        }
    }

    /// Sends a whole run of this relay's own.
    void send(byte[] run, long nowNanos) {
        send(run, 0, run.length, null, nowNanos);
    }

    /// Sends the cells of a run between two offsets; what there is no credit for waits.
    ///
    /// @param source where they came from; it hears when they are gone
    void send(byte[] run, int from, int to, @Nullable Leg source, long nowNanos) {
        int rest = from;
        if (queued == 0 && credit > 0) {
            rest += transmit(run, from, to, source) * ChannelCell.LENGTH;
        }
        if (rest < to) {
            int cells = (to - rest) / ChannelCell.LENGTH;
            waiting.add(Waiting.of(run, rest, to, source, nowNanos));
            queued += cells;
            budget.take(cells);
        }
    }

    /// Sends as many as there is credit for; a whole run without a copy.
    private int transmit(byte[] run, int from, int to, @Nullable Leg source) {
        int cells = Math.min(credit, (to - from) / ChannelCell.LENGTH);
        int end = from + cells * ChannelCell.LENGTH;
        credit -= cells;
        effects.sendCells(channel, from == 0 && end == run.length ? run : Arrays.copyOfRange(run, from, end));
        if (source != null) {
            source.done(cells);
        }
        return cells;
    }

    /// So many cells that came on this channel have left, or were for this relay.
    void done(int cells) {
        done += cells;
        circuit.touch();
    }

    /// Tells what has been done with since the last call.
    void endTurn() {
        if (done > 0 && !closed) {
            effects.consumed(channel, done);
        }
        done = 0;
    }

    /// The channel is gone, or (with a last cell) shall go.
    void close(byte @Nullable [] lastCell) {
        if (closed) {
            return;
        }
        closed = true;
        budget.release(queued);
        queued = 0;
        waiting.clear();
        if (lastCell != null) {
            if (credit > 0) {
                credit--;
                effects.sendCells(channel, lastCell);
            }
            effects.closeChannel(channel);
        }
    }
}
