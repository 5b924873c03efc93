package org.privatus.simulation.network;

import java.util.Optional;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.nat.stun.StunAttribute.XorMappedAddress;
import org.privatus.nat.stun.StunClass;
import org.privatus.nat.stun.StunCodec;
import org.privatus.nat.stun.StunMessage;
import org.privatus.nat.stun.TransactionId;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramPort;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;

/// One side of a plain simultaneous opening: asks a STUN server where it is seen, then sends five datagrams 50 ms apart to where its
/// peer is seen, three times at most, answers whatever comes and probes where it came from, and is through once an answer has come.
final class Puncher {
    private static final Endpoint ANY = Endpoint.parse("0.0.0.0:0");
    private static final long MILLI = 1_000_000L;
    private static final int PACKETS = 5;
    private static final int ATTEMPTS = 3;
    private static final byte PROBE = (byte) 0xf0;
    private static final byte ANSWER = (byte) 0xf1;

    private final EventLoop loop;
    private final int node;
    private final DatagramPort port;
    private Optional<Endpoint> seenAt = Optional.empty();
    private boolean through;

    Puncher(EventLoop loop, SimulatedNetwork network, int node) throws BindFailedException {
        this.loop = loop;
        this.node = node;
        this.port = network.of(node).bind(ANY, this::received);
    }

    /// Answers binding requests at a node.
    static void serve(SimulatedNetwork network, int node) throws BindFailedException {
        var port = new DatagramPort[1];
        port[0] = network.of(node).bind(ANY, (from, datagram) -> {
            try {
                StunMessage request = StunCodec.decode(datagram).message();
                byte[] answer = StunCodec.encode(request.success(new XorMappedAddress(from)));
                port[0].send(from, answer, answer.length);
            } catch (MalformedPacketException e) {
                throw new AssertionError(e);
            }
        });
    }

    void askWhere(Endpoint server) {
        byte[] request = StunCodec.encode(StunMessage.bindingRequest(new TransactionId(node, 1)));
        loop.runAs(node, () -> port.send(server, request, request.length));
    }

    Optional<Endpoint> seenAt() {
        return seenAt;
    }

    /// Begins now.
    void punch(Endpoint peer) {
        loop.runAs(node, () -> {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                for (int packet = 0; packet < PACKETS; packet++) {
                    long at = (3_000L * attempt + 50L * packet) * MILLI;
                    loop.after(at, EventKind.SCENARIO, () -> send(peer, PROBE));
                }
            }
        });
    }

    boolean isThrough() {
        return through;
    }

    private void send(Endpoint to, byte kind) {
        if (!through || kind == ANSWER) {
            port.send(to, new byte[] {kind}, 1);
        }
    }

    private void received(Endpoint from, byte[] datagram) {
        if (datagram[0] == PROBE) {
            send(from, ANSWER);
            send(from, PROBE);
        } else if (datagram[0] == ANSWER) {
            through = true;
        } else {
            seenAt = Optional.of(mapped(datagram));
        }
    }

    private static Endpoint mapped(byte[] datagram) {
        try {
            StunMessage answer = StunCodec.decode(datagram).message();
            if (answer.kind() != StunClass.SUCCESS) {
                throw new AssertionError("answered " + answer);
            }
            return answer.first(XorMappedAddress.class).orElseThrow().endpoint();
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }
}
