package org.privatus.crypto.identity;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// A place in the id space of the DHT: where a node is, or where a record belongs (its target). Distance is the
/// exclusive or, read as an unsigned number (Kademlia §2.1).
public final class NodeId extends Bytes32 implements Comparable<NodeId> {
    public static final int BITS = 8 * LENGTH;

    private NodeId(byte[] bytes) {
        super(bytes);
    }

    private NodeId(WireReader in) throws MalformedPacketException {
        super(in);
    }

    private NodeId(long word0, long word1, long word2, long word3) {
        super(word0, word1, word2, word3);
    }

    public static NodeId of(byte[] bytes) {
        return new NodeId(bytes);
    }

    /// The id whose `word(i)` is the i-th argument.
    public static NodeId ofWords(long word0, long word1, long word2, long word3) {
        return new NodeId(word0, word1, word2, word3);
    }

    public static NodeId read(WireReader in) throws MalformedPacketException {
        return new NodeId(in);
    }

    /// `SHA-256(P ‖ key)`. It covers both, because one solved puzzle must not buy any number of ids. Hashed by the
    /// JDK itself: the simulator keeps this hash.
    public static NodeId of(PuzzleProof proof, NodeKey key) {
        byte[] input = new byte[PuzzleProof.LENGTH + NodeKey.LENGTH];
        var out = new WireWriter(input, 0);
        proof.write(out);
        key.write(out);
        return hashOf(input);
    }

    /// SHA-256 of the concatenation, as an id.
    public static NodeId hashOf(byte[]... parts) {
        return new NodeId(Sha256.of(parts));
    }

    /// Leading bits that both ids share: 0 to 256.
    public int commonPrefixLength(NodeId other) {
        for (int i = 0; i < LENGTH / Long.BYTES; i++) {
            long difference = word(i) ^ other.word(i);
            if (difference != 0) {
                return i * Long.SIZE + Long.numberOfLeadingZeros(difference);
            }
        }
        return BITS;
    }

    /// Negative when `a` is nearer to this id than `b`, positive when `b` is, zero only when they are equal.
    public int compareDistance(NodeId a, NodeId b) {
        for (int i = 0; i < LENGTH / Long.BYTES; i++) {
            int order = Long.compareUnsigned(word(i) ^ a.word(i), word(i) ^ b.word(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public int compareTo(NodeId other) {
        return compareWords(other);
    }
}
