package org.privatus.onion.relay;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The circuits that made this relay their gateway, by token. A token that is taken cannot be taken again: whoever holds
/// an address knows the token, and could otherwise draw the splices to himself.
final class Gateway {
    static final int TOKEN_LENGTH = 32;

    private final int max;
    private final LinkedHashMap<Token, RelayCircuit> byToken = new LinkedHashMap<>();

    Gateway(int max) {
        this.max = max;
    }

    /// A token, compared in constant time.
    private static final class Token {
        private final byte[] bytes;

        Token(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Token that && MessageDigest.isEqual(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    boolean isFull() {
        return byToken.size() >= max;
    }

    /// Whether the token is this circuit's now.
    boolean register(byte[] token, RelayCircuit circuit) {
        return byToken.putIfAbsent(new Token(token), circuit) == null;
    }

    void unregister(byte[] token) {
        byToken.remove(new Token(token));
    }

    Optional<RelayCircuit> find(byte[] token) {
        return Optional.ofNullable(byToken.get(new Token(token)));
    }

    int size() {
        return byToken.size();
    }
}
