package org.privatus.onion.relay;

import java.util.LinkedHashMap;
import org.privatus.crypto.identity.NodeKey;

/// Handshakes that are being answered, in all and for each peer. While there is room anybody may have many; when half is
/// taken, each peer may have few.
final class Handshakes {
    /// About 60 ms of work for one core.
    private static final int MAX = 256;

    private static final int MAX_OF_PEER = 16;

    private final LinkedHashMap<NodeKey, Integer> underWay = new LinkedHashMap<>();
    private int count;

    /// Whether another may begin for this peer; if so, {@link #done} must follow.
    boolean begin(NodeKey peer) {
        int ofPeer = underWay.getOrDefault(peer, 0);
        if (count >= MAX || (count >= MAX / 2 && ofPeer >= MAX_OF_PEER)) {
            return false;
        }
        count++;
        underWay.put(peer, ofPeer + 1);
        return true;
    }

    void done(NodeKey peer) {
        count--;
        underWay.computeIfPresent(peer, (key, ofPeer) -> ofPeer == 1 ? null : ofPeer - 1);
    }
}
