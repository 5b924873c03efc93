package org.privatus.node.messaging.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.store.Blob;
import org.privatus.node.store.SessionId;

/// Begins a handshake with somebody whose address we have.
final class HelloJob extends MessagingJob {
    private static final Cost COST = Cost.agreements(2).plus(Cost.kems(1));

    final Conversation conversation;
    final Line line;
    final SessionId session;
    private final Surroundings around;
    private @Nullable Begun begun;

    /// A handshake whose first message is written.
    record Begun(HandshakeState handshake, Blob message) {}

    HelloJob(Surroundings around, Conversation conversation, Line line, SessionId session) {
        this.around = around;
        this.conversation = conversation;
        this.line = line;
        this.session = session;
    }

    @Override
    public void run() {
        try {
            byte[] peer =
                    around.suite().x25519OfEd25519Public(conversation.key().toBytes());
            HandshakeState handshake = Handshakes.initiator(around, session, peer);
            begun = new Begun(handshake, Blob.of(handshake.write(new byte[0])));
        } catch (MalformedPacketException e) {
            // Their key is no key: nothing has begun.
            begun = null;
        }
    }

    /// Empty when the person's key is unusable.
    Optional<Begun> begun() {
        return Optional.ofNullable(begun);
    }

    @Override
    public Cost cost() {
        return COST;
    }

    @Override
    public void erase() {
        begun().ifPresent(made -> made.handshake().erase());
    }
}
