package org.privatus.crypto.identity;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;

/// What a node found when it solved its [Puzzle]. It says it when it identifies itself; others check it.
public final class PuzzleNonce extends Bytes16 {
    private PuzzleNonce(byte[] bytes) {
        super(bytes);
    }

    private PuzzleNonce(WireReader in) throws MalformedPacketException {
        super(in);
    }

    public static PuzzleNonce of(byte[] bytes) {
        return new PuzzleNonce(bytes);
    }

    public static PuzzleNonce read(WireReader in) throws MalformedPacketException {
        return new PuzzleNonce(in);
    }
}
