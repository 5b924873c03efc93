package org.privatus.node.messaging.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.store.Blob;

/// Answers a handshake that somebody unknown has begun.
final class WelcomeJob extends MessagingJob {
    private static final Cost COST = Cost.agreements(4).plus(Cost.kems(1));

    final Line line;
    final Frame.Hello hello;
    private final Surroundings around;
    private @Nullable Answered answered;

    /// A handshake whose second message is written.
    record Answered(HandshakeState handshake, X25519KeyPair ratchet, Blob message) {
        void erase() {
            handshake.erase();
            ratchet.erase();
        }
    }

    WelcomeJob(Surroundings around, Line line, Frame.Hello hello) {
        this.around = around;
        this.line = line;
        this.hello = hello;
    }

    @Override
    public void run() {
        HandshakeState handshake = Handshakes.responder(around, hello.session());
        try {
            handshake.read(hello.message().toBytes());
            X25519KeyPair ratchet = X25519KeyPair.generate(around.suite(), around.keys());
            Blob message = Blob.of(handshake.write(ratchet.publicKey()));
            answered = new Answered(handshake, ratchet, message);
        } catch (MalformedPacketException e) {
            handshake.erase();
        }
    }

    /// Empty when the first message was none.
    Optional<Answered> answered() {
        return Optional.ofNullable(answered);
    }

    @Override
    public Cost cost() {
        return COST;
    }

    @Override
    public void erase() {
        answered().ifPresent(Answered::erase);
    }
}
