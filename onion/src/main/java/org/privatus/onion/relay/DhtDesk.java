package org.privatus.onion.relay;

import java.util.Optional;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.Fragments;
import org.privatus.onion.cell.Fragments.Kind;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.Status;
import org.privatus.onion.flow.TokenBucket;

/// DHT operations for the client of one circuit: few at a time, and at a bounded rate.
final class DhtDesk {
    private static final int MAX_PENDING = 4;

    private final Relay relay;
    private final RelayCircuit circuit;
    private final TokenBucket rate;
    private int pending;

    DhtDesk(Relay relay, RelayCircuit circuit, RelaySettings settings, long nowNanos) {
        this.relay = relay;
        this.circuit = circuit;
        this.rate = new TokenBucket(settings.dhtBurst(), settings.dhtInterval().toNanos(), nowNanos);
    }

    void get(RelayMessage message, long nowNanos) throws MalformedPacketException {
        WireReader reader = new WireReader(message.body());
        NodeId target = NodeId.read(reader);
        reader.expectEnd();
        if (mayAsk(nowNanos)) {
            relay.dhtGet(circuit, message.stream(), target);
        } else {
            answerGet(message.stream(), Status.LIMIT, new byte[0], nowNanos);
        }
    }

    void put(int stream, byte[] record, long nowNanos) {
        if (mayAsk(nowNanos)) {
            relay.dhtPut(circuit, stream, record);
        } else {
            answerPut(stream, Status.LIMIT, nowNanos);
        }
    }

    private boolean mayAsk(long nowNanos) {
        boolean may = pending < MAX_PENDING && rate.take(nowNanos);
        pending += may ? 1 : 0;
        return may;
    }

    /// A lookup is done.
    void got(int stream, Optional<byte[]> record, long nowNanos) {
        pending--;
        answerGet(stream, record.isPresent() ? Status.OK : Status.NOT_FOUND, record.orElse(new byte[0]), nowNanos);
    }

    /// A store is done.
    void stored(int stream, boolean stored, long nowNanos) {
        pending--;
        answerPut(stream, stored ? Status.OK : Status.FAILED, nowNanos);
    }

    private void answerGet(int stream, Status status, byte[] record, long nowNanos) {
        byte[] payload = WireWriter.allocate(1 + record.length)
                .bytes(status.toBytes())
                .bytes(record)
                .toBytes();
        for (RelayMessage message : Fragments.messages(Kind.DHT_GOT, RelayCommand.DHT_GOT, stream, payload)) {
            circuit.inward().message(message, nowNanos);
        }
    }

    private void answerPut(int stream, Status status, long nowNanos) {
        circuit.inward().message(RelayMessage.onStream(RelayCommand.DHT_STORED, stream, status.toBytes()), nowNanos);
    }
}
