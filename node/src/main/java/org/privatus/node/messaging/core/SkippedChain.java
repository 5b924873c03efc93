package org.privatus.node.messaging.core;

import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Keys of envelopes of one chain that were overtaken by later ones, by number.
record SkippedChain(byte[] headerKey, SequencedMap<Integer, byte[]> keys) {
    SkippedChain copy() {
        var copies = new TreeMap<Integer, byte[]>();
        for (Map.Entry<Integer, byte[]> entry : keys.entrySet()) {
            copies.put(entry.getKey(), entry.getValue().clone());
        }
        return new SkippedChain(headerKey.clone(), copies);
    }
}
