package org.privatus.node.messaging.core;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.node.store.Blob;
import org.privatus.node.store.SessionId;

/// A handshake that somebody else began, from our answer until the first text under it is committed. Until then it is
/// nowhere but in memory; whoever began it repeats the introduction, on another splice if need be.
final class HalfOpen {
    final SessionId id;
    final HandshakeState handshake;
    final long expires;
    private byte[] ratchetSecret;
    private boolean accepting;
    private @Nullable Met met;

    /// Whom the introduction showed, and the session with them.
    ///
    /// @param introduction its payload: a repetition has the same
    record Met(Conversation conversation, Session session, Blob introduction) {}

    HalfOpen(SessionId id, HandshakeState handshake, byte[] ratchetSecret, long expires) {
        this.id = id;
        this.handshake = handshake;
        this.ratchetSecret = ratchetSecret;
        this.expires = expires;
    }

    byte[] takeRatchetSecret() {
        byte[] secret = ratchetSecret;
        ratchetSecret = new byte[0];
        return secret;
    }

    boolean isAccepting() {
        return accepting;
    }

    void accepting(boolean now) {
        accepting = now;
    }

    Optional<Met> met() {
        return Optional.ofNullable(met);
    }

    void meet(Met who) {
        met = who;
    }

    /// Not while a job is at it: that one erases.
    void erase() {
        handshake.erase();
        Arrays.fill(ratchetSecret, (byte) 0);
    }
}
