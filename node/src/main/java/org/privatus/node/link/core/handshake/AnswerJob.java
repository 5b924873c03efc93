package org.privatus.node.link.core.handshake;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.wire.MalformedPacketException;

/// The responder's second step where message 1 asked something: writes message 2 with the answer.
public class AnswerJob extends Job {
    private static final Cost COST = Cost.agreements(2);

    private final HandshakeContext context;
    private final HandshakeState handshake;
    private final Message2 reply;
    private final byte[] answer;

    private byte @Nullable [] message2;

    /// Prepares writing message 2.
    ///
    /// @param handshake after message 1; belongs to the job until it is done
    public AnswerJob(HandshakeContext context, HandshakeState handshake, Message2 reply, byte[] answer) {
        this.context = context;
        this.handshake = handshake;
        this.reply = reply;
        this.answer = answer;
    }

    @Override
    public void run() {
        try {
            message2 = reply.write(context, handshake, Optional.of(answer));
        } catch (MalformedPacketException unusableKey) {
            handshake.erase();
        }
    }

    @Override
    public Cost cost() {
        return COST;
    }

    /// Empty when the initiator's key is none that anybody can agree with.
    public Optional<byte[]> message2() {
        return Optional.ofNullable(message2);
    }

    /// The handshake after message 2.
    public HandshakeState handshake() {
        return handshake;
    }

    @Override
    public void erase() {
        handshake.erase();
    }
}
