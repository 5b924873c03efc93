package org.privatus.node.home;

import java.util.Locale;
import java.util.Optional;
import org.privatus.crypto.identity.NetworkId;

/// Networks as people write them: `main`, `dev` or the number.
public final class NetworkNames {
    private NetworkNames() {}

    /// Empty for what is none.
    public static Optional<NetworkId> parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "main" -> Optional.of(NetworkId.MAIN);
            case "dev" -> Optional.of(NetworkId.DEV);
            case String number when number.matches("[0-9]{1,5}") -> number(Integer.parseInt(number));
            default -> Optional.empty();
        };
    }

    private static Optional<NetworkId> number(int value) {
        return value >= 1 && value <= 0xffff ? Optional.of(new NetworkId(value)) : Optional.empty();
    }
}
