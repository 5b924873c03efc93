package org.privatus.onion.circuit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.ntor.HopKeys;
import org.privatus.crypto.ntor.HybridClient;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.flow.Moment;

/// Checks a hop's answer and derives its keys.
final class FinishHop extends CircuitJob {
    private final Circuit circuit;
    private final HybridClient client;
    private final byte[] reply;
    private @Nullable HopKeys keys;

    FinishHop(Circuit circuit, HybridClient client, byte[] reply) {
        this.circuit = circuit;
        this.client = client;
        this.reply = reply;
    }

    @Override
    public void run() {
        try {
            keys = client.finish(reply);
        } catch (MalformedPacketException e) {
            keys = null;
        }
    }

    @Override
    public Cost cost() {
        return HybridClient.FINISH_COST;
    }

    @Override
    public void erase() {
        client.erase();
        if (keys != null) {
            keys.erase();
        }
    }

    /// Empty if the answer was forged.
    Optional<HopKeys> keys() {
        return Optional.ofNullable(keys);
    }

    @Override
    void deliver(Moment now) {
        circuit.finished(this, now);
    }
}
