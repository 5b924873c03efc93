package org.privatus.node.messaging.core;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;

/// Reads the third message of a handshake that somebody began: who it is, proved, and the ratchet with them.
final class AcceptJob extends MessagingJob {
    private static final Cost COST = Cost.agreements(1);

    final Line line;
    final HalfOpen halfOpen;
    final Frame.Introduction introduction;
    private final Surroundings around;
    private @Nullable Accepted accepted;

    /// Who it is, and the ratchet.
    record Accepted(PersonAddress address, DoubleRatchet ratchet) {}

    AcceptJob(Surroundings around, Line line, HalfOpen halfOpen, Frame.Introduction introduction) {
        this.around = around;
        this.line = line;
        this.halfOpen = halfOpen;
        this.introduction = introduction;
    }

    /// A message that does not fit leaves the handshake as it was: the true one can still come.
    @Override
    public void run() {
        try {
            byte[] payload = halfOpen.handshake.read(introduction.message().toBytes());
            PersonAddress address = PersonAddress.read(new WireReader(payload));
            byte[] image = around.suite().x25519OfEd25519Public(address.key().toBytes());
            if (!Arrays.equals(image, halfOpen.handshake.remoteStatic())
                    || !address.network().equals(around.network())
                    || address.key().equals(around.key())) {
                throw new MalformedPacketException(Reason.BAD_VALUE);
            }
            byte[] seed = Handshakes.seed(around.suite(), halfOpen.handshake, false);
            accepted =
                    new Accepted(address, DoubleRatchet.responder(around.suite(), seed, halfOpen.takeRatchetSecret()));
            Arrays.fill(seed, (byte) 0);
        } catch (MalformedPacketException e) {
            accepted = null;
        }
    }

    /// Empty when the message was not the one that the handshake waits for.
    Optional<Accepted> accepted() {
        return Optional.ofNullable(accepted);
    }

    @Override
    public Cost cost() {
        return COST;
    }

    @Override
    public void erase() {
        accepted().ifPresent(made -> made.ratchet().erase());
    }
}
