package org.privatus.crypto.identity;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;

/// The output P of a node's [Puzzle]. It travels in every contact, so that anybody computes a [NodeId]
/// from a mention.
public final class PuzzleProof extends Bytes16 {
    private PuzzleProof(byte[] bytes) {
        super(bytes);
    }

    private PuzzleProof(WireReader in) throws MalformedPacketException {
        super(in);
    }

    private PuzzleProof(long high, long low) {
        super(high, low);
    }

    static PuzzleProof ofWords(long high, long low) {
        return new PuzzleProof(high, low);
    }

    public static PuzzleProof of(byte[] bytes) {
        return new PuzzleProof(bytes);
    }

    public static PuzzleProof read(WireReader in) throws MalformedPacketException {
        return new PuzzleProof(in);
    }
}
