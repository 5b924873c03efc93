package org.privatus.node.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;

/// Who may ask: a one-time code, shown in the terminal, is exchanged for a bearer. Both are 256 bits of a secure
/// generator and compared in
/// constant time. Each exchange makes the next code, which the terminal does not show: [#code] does. Safe for many
/// threads.
final class Sessions {
    /// Bearers that hold at once; the oldest goes.
    static final int MAX = 16;

    private static final int BYTES = 32;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom keys;
    private final Deque<String> bearers = new ArrayDeque<>();
    private String code;

    Sessions(SecureRandom keys) {
        this.keys = keys;
        this.code = fresh(keys);
    }

    /// The code that works now, once.
    synchronized String code() {
        return code;
    }

    /// A bearer, if the code is right; the code is used up then.
    synchronized Optional<String> exchange(String offered) {
        if (!same(code, offered)) {
            return Optional.empty();
        }
        code = fresh(keys);
        String bearer = fresh(keys);
        bearers.addLast(bearer);
        if (bearers.size() > MAX) {
            bearers.removeFirst();
        }
        return Optional.of(bearer);
    }

    synchronized boolean isKnown(String bearer) {
        boolean known = false;
        for (String one : bearers) {
            known |= same(one, bearer);
        }
        return known;
    }

    private static boolean same(String expected, String offered) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }

    private static String fresh(SecureRandom keys) {
        byte[] bytes = new byte[BYTES];
        keys.nextBytes(bytes);
        return TEXT.encodeToString(bytes);
    }
}
