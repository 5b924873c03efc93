package org.privatus.crypto.identity;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;

/// A node's Ed25519 public key, and by its birational image the public key of the node's links. Any 32 bytes may
/// stand here: whether they are a point is found out where they are used.
public final class NodeKey extends Bytes32 implements Comparable<NodeKey> {
    private NodeKey(byte[] bytes) {
        super(bytes);
    }

    private NodeKey(WireReader in) throws MalformedPacketException {
        super(in);
    }

    private NodeKey(long word0, long word1, long word2, long word3) {
        super(word0, word1, word2, word3);
    }

    static NodeKey ofWords(long word0, long word1, long word2, long word3) {
        return new NodeKey(word0, word1, word2, word3);
    }

    public static NodeKey of(byte[] bytes) {
        return new NodeKey(bytes);
    }

    public static NodeKey read(WireReader in) throws MalformedPacketException {
        return new NodeKey(in);
    }

    @Override
    public int compareTo(NodeKey other) {
        return compareWords(other);
    }
}
