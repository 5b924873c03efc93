package org.privatus.node.messaging.core;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.store.Blob;
import org.privatus.node.store.SessionId;

/// Finishes a handshake that we began: reads the second message, writes the third, starts the ratchet.
final class IntroduceJob extends MessagingJob {
    private static final Cost COST = Cost.agreements(4).plus(Cost.kems(1));

    final Conversation conversation;
    final Line line;
    final SessionId session;
    private final Surroundings around;
    private final HandshakeState handshake;
    private final Blob welcome;
    private @Nullable Introduced introduced;

    /// A ratchet that is ready to seal, and what the other side must read first.
    ///
    /// @param introduction the payload of the frame of that name
    record Introduced(DoubleRatchet ratchet, Blob introduction) {}

    IntroduceJob(
            Surroundings around,
            Conversation conversation,
            Line line,
            SessionId session,
            HandshakeState handshake,
            Blob welcome) {
        this.around = around;
        this.conversation = conversation;
        this.line = line;
        this.session = session;
        this.handshake = handshake;
        this.welcome = welcome;
    }

    @Override
    public void run() {
        try {
            byte[] peerRatchetKey = handshake.read(welcome.toBytes());
            Blob introduction = Frame.Introduction.payload(session, handshake.write(around.addressBytes()));
            byte[] seed = Handshakes.seed(around.suite(), handshake, true);
            introduced = new Introduced(
                    DoubleRatchet.initiator(around.suite(), seed, peerRatchetKey, around.keys()), introduction);
            Arrays.fill(seed, (byte) 0);
        } catch (MalformedPacketException e) {
            handshake.erase();
        }
    }

    /// Empty when the second message was not the person's.
    Optional<Introduced> introduced() {
        return Optional.ofNullable(introduced);
    }

    @Override
    public Cost cost() {
        return COST;
    }

    @Override
    public void erase() {
        handshake.erase();
        introduced().ifPresent(made -> made.ratchet().erase());
    }
}
