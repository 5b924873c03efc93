package org.privatus.node.messaging.core;

import java.nio.charset.StandardCharsets;

/// Constant texts that go into key derivations.
final class Labels {
    private Labels() {}

    static byte[] of(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }
}
