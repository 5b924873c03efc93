package org.privatus.node.messaging.core;

import java.util.Arrays;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Keys of envelopes of one chain that were overtaken by later ones, by number. Owns its arrays.
final class SkippedChain {
    private final byte[] headerKey;
    private final SequencedMap<Integer, byte[]> keys = new TreeMap<>();

    SkippedChain(byte[] headerKey) {
        this.headerKey = headerKey;
    }

    byte[] headerKey() {
        return headerKey;
    }

    SequencedMap<Integer, byte[]> keys() {
        return keys;
    }

    SkippedChain copy() {
        var copy = new SkippedChain(headerKey.clone());
        for (Map.Entry<Integer, byte[]> entry : keys.entrySet()) {
            copy.keys.put(entry.getKey(), entry.getValue().clone());
        }
        return copy;
    }

    void erase() {
        Arrays.fill(headerKey, (byte) 0);
        keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
        keys.clear();
    }
}
