package org.privatus.crypto.noise;

import java.util.Arrays;
import org.privatus.crypto.suite.AeadKind;

/// What a finished handshake leaves: a key for each direction, seen from one side.
public final class SessionKeys {
    public static final int KEY_LENGTH = 32;

    private final AeadKind kind;
    private final byte[] send;
    private final byte[] receive;

    SessionKeys(AeadKind kind, byte[] send, byte[] receive) {
        this.kind = kind;
        this.send = send;
        this.receive = receive;
    }

    /// The cipher that the handshake agreed on.
    public AeadKind kind() {
        return kind;
    }

    /// Not a copy: [#erase()] clears it.
    public byte[] send() {
        return send;
    }

    /// Not a copy: [#erase()] clears it.
    public byte[] receive() {
        return receive;
    }

    public void erase() {
        Arrays.fill(send, (byte) 0);
        Arrays.fill(receive, (byte) 0);
    }
}
