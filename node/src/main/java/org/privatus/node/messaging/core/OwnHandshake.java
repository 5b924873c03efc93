package org.privatus.node.messaging.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.node.store.SessionId;

/// A handshake that we began, from the job that writes its first message to the one that writes its third. In memory only:
/// when its splice dies, another begins.
final class OwnHandshake {
    final Line line;
    final SessionId session;
    final long deadline;
    private @Nullable HandshakeState state;

    OwnHandshake(Line line, SessionId session, long deadline) {
        this.line = line;
        this.session = session;
        this.deadline = deadline;
    }

    void waitsForAnswer(HandshakeState begun) {
        state = begun;
    }

    /// The state, once, if the first message is out.
    Optional<HandshakeState> take() {
        Optional<HandshakeState> taken = Optional.ofNullable(state);
        state = null;
        return taken;
    }

    void erase() {
        take().ifPresent(HandshakeState::erase);
    }
}
