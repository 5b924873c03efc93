package org.privatus.node.link.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.handshake.Message2;

/// A handshake that somebody began with us and that has not shown who it is. Whoever it is, it gets one message 2, again for each repeat of message 1.
final class HalfOpen implements Addressee, PeerRequests.From {
    /// Packets that may wait behind message 3.
    static final int QUEUE_LIMIT = 8;

    /// How often message 2 is sent to whoever showed a token instead of padding: whoever repeats what it has overheard gains no more.
    static final int SHORT_SENDS = 8;

    /// Where it stands.
    enum Stage {
        /// A job reads message 1.
        READING,
        /// The request in message 1 waits for its answer.
        ASKED,
        /// A job writes message 2.
        ANSWERING,
        /// Message 2 with the answer was sent, and that is all: whoever asks in message 1 does not go on. Kept for repeats of message 1.
        SERVED,
        /// Message 2 was sent.
        ANSWERED,
        /// A job reads message 3.
        VERIFYING,
        /// Became a link, or was turned down. Kept so that repeats of its messages do nothing.
        DONE,
    }

    final HandshakeContext spoken;
    final HalfOpenKey key;
    final Message2 reply;

    /// Whether message 1 was not padded: its token has to be valid.
    final boolean isShort;

    final long begunNanos;
    final long expiresNanos;

    /// Its neighbours in the {@link HalfOpenTable}, whose these are.
    @Nullable
    HalfOpen older;

    @Nullable
    HalfOpen younger;

    /// Packets that wait behind message 3.
    private @Nullable List<byte[]> queue;

    private Stage stage = Stage.READING;
    private @Nullable HandshakeState handshake;
    private byte @Nullable [] message2;
    private long firstSentNanos;
    private long lastSentNanos;
    private int sends;
    private boolean expectsMore;

    HalfOpen(
            HandshakeContext spoken,
            HalfOpenKey key,
            Message2 reply,
            boolean isShort,
            long begunNanos,
            long lifetimeNanos) {
        this.spoken = spoken;
        this.key = key;
        this.reply = reply;
        this.isShort = isShort;
        this.begunNanos = begunNanos;
        this.expiresNanos = begunNanos + lifetimeNanos;
    }

    Endpoint from() {
        return key.from();
    }

    long localId() {
        return reply.responderId();
    }

    Stage stage() {
        return stage;
    }

    /// Whether message 2 asked for a message 3, so that packets with our link id come.
    boolean expectsMore() {
        return expectsMore;
    }

    /// Message 1 was read, and asks something.
    void asked(HandshakeState state) {
        handshake = state;
        stage = Stage.ASKED;
    }

    /// Message 2 was written.
    void answered(HandshakeState state, byte[] message) {
        handshake = state;
        message2 = message;
        expectsMore = true;
        stage = Stage.ANSWERED;
    }

    /// Message 2 was written, with the answer. Nothing else is needed any more.
    void served(byte[] message) {
        handshake = null;
        message2 = message;
        stage = Stage.SERVED;
    }

    /// Whether a message 3 is from whoever got our message 2. Only when that was sent and no job is out.
    boolean isProved(byte[] message3) {
        return handshake != null && spoken.isProved(handshake, message3);
    }

    /// Hands the handshake to a job.
    HandshakeState lend(Stage during) {
        if (handshake == null) {
            throw new IllegalStateException("no handshake at " + stage);
        }
        stage = during;
        return handshake;
    }

    /// Message 2, to be sent now.
    Optional<byte[]> takeMessage2(long now) {
        if (message2 == null || stage == Stage.DONE || (isShort && sends == SHORT_SENDS)) {
            return Optional.empty();
        }
        if (sends++ == 0) {
            firstSentNanos = now;
        }
        lastSentNanos = now;
        return Optional.of(message2);
    }

    /// Keeps a packet that came before its time. False if there is no room.
    boolean keep(byte[] packet) {
        if (queue == null) {
            queue = new ArrayList<>();
        }
        return queue.size() < QUEUE_LIMIT && queue.add(packet);
    }

    List<byte[]> takeKept() {
        List<byte[]> all = queue == null ? List.of() : queue;
        queue = null;
        return all;
    }

    void done() {
        stage = Stage.DONE;
        handshake = null;
        message2 = null;
        queue = null;
    }

    /// Since message 2 was first sent: an upper bound of the round trip.
    long elapsedNanos(long now) {
        return now - firstSentNanos;
    }

    /// Since message 2 was last sent: the round trip, if it was that one which was answered. Good enough to begin with.
    long likelyRoundTripNanos(long now) {
        return now - lastSentNanos;
    }

    /// Erases the secrets, unless a job has them: then they are erased when it comes back.
    void erase() {
        boolean jobOut = stage == Stage.READING || stage == Stage.ANSWERING || stage == Stage.VERIFYING;
        if (handshake != null && !jobOut) {
            handshake.erase();
        }
        done();
    }
}
