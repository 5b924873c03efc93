package org.privatus.onion.circuit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.ntor.HybridClient;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.path.PathHop;

/// Prepares the handshake with one hop.
final class StartHop extends CircuitJob {
    private final Circuit circuit;
    private final Surroundings around;
    private final PathHop hop;
    private @Nullable HybridClient client;

    StartHop(Circuit circuit, Surroundings around, PathHop hop) {
        this.circuit = circuit;
        this.around = around;
        this.hop = hop;
    }

    @Override
    public void run() {
        try {
            client = HybridClient.start(
                    around.suite(),
                    hop.contact().key().toBytes(),
                    hop.onionKey().toBytes(),
                    new byte[0],
                    around.keys());
        } catch (MalformedPacketException e) {
            client = null;
        }
    }

    @Override
    public Cost cost() {
        return HybridClient.START_COST;
    }

    /// Empty if the relay's onion key is none.
    Optional<HybridClient> client() {
        return Optional.ofNullable(client);
    }

    @Override
    void deliver(Moment now) {
        circuit.started(this, now);
    }
}
