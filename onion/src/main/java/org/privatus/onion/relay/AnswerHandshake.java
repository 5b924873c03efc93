package org.privatus.onion.relay;

import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.ntor.HybridRelay;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;

/// Answers a client's handshake, and makes the keys of the hop.
final class AnswerHandshake extends RelayJob {
    private final RelayCircuit circuit;
    private final CryptoSuite suite;
    private final NodeKey self;
    private final OnionKeys onionKeys;
    private final byte[] handshake;
    private final SecureRandom keys;
    private byte[] reply = new byte[0];
    private @Nullable RelayHop hop;

    AnswerHandshake(
            RelayCircuit circuit,
            CryptoSuite suite,
            NodeKey self,
            OnionKeys onionKeys,
            byte[] handshake,
            SecureRandom keys) {
        this.circuit = circuit;
        this.suite = suite;
        this.self = self;
        this.onionKeys = onionKeys;
        this.handshake = handshake;
        this.keys = keys;
    }

    @Override
    public void run() {
        try {
            HybridRelay.Answer answer =
                    new HybridRelay(suite, self.toBytes(), onionKeys).answer(handshake, new byte[0], keys);
            reply = answer.handshake();
            hop = new RelayHop(suite, answer.keys().seed());
            answer.keys().erase();
        } catch (MalformedPacketException e) {
            hop = null;
        }
    }

    @Override
    public Cost cost() {
        return HybridRelay.ANSWER_COST;
    }

    @Override
    public void erase() {
        if (hop != null) {
            hop.erase();
        }
    }

    NodeKey peer() {
        return circuit.inner().peer();
    }

    byte[] reply() {
        return reply;
    }

    /// Empty if the handshake was none that can be answered.
    Optional<RelayHop> hop() {
        return Optional.ofNullable(hop);
    }

    @Override
    void deliver(long nowNanos) {
        circuit.created(this, nowNanos);
    }
}
