package org.privatus.onion.relay;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeKey;

/// One channel of a circuit: what may be sent on it, and what waits for credit, ready to go.
final class Leg {
    private final RelayCircuit circuit;
    private final long channel;
    private final NodeKey peer;
    private final RelayEffects effects;
    private final QueueBudget budget;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int credit;
    private boolean closed;

    /// A cell, and since when it waits.
    @SuppressWarnings("ArrayRecordComponent")
    private record Waiting(byte[] cell, long sinceNanos) {}

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
        return waiting.isEmpty() ? credit : 0;
    }

    int queued() {
        return waiting.size();
    }

    long oldestNanos() {
        return waiting.isEmpty() ? Long.MAX_VALUE : Objects.requireNonNull(waiting.peekFirst()).sinceNanos;
    }

    /// More may be sent.
    void credited(int cells) {
        credit += cells;
        while (credit > 0 && !waiting.isEmpty()) {
            Waiting next = waiting.removeFirst();
            budget.release(1);
            transmit(next.cell);
        }
    }

    /// Sends the cell, or keeps it until there is credit.
    void send(byte[] cell, long nowNanos) {
        if (credit > 0 && waiting.isEmpty()) {
            transmit(cell);
        } else {
            waiting.add(new Waiting(cell, nowNanos));
            budget.take(1);
        }
    }

    private void transmit(byte[] cell) {
        credit--;
        effects.sendCell(channel, cell);
    }

    /// The channel is gone, or (with a last cell) shall go.
    void close(byte @Nullable [] lastCell) {
        if (closed) {
            return;
        }
        closed = true;
        budget.release(waiting.size());
        waiting.clear();
        if (lastCell != null) {
            if (credit > 0) {
                transmit(lastCell);
            }
            effects.closeChannel(channel);
        }
    }
}
