package org.privatus.simulation.messaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Picks the sealed envelopes out of what one side sends on one splice, as a gateway could.
final class SealedFrames {
    private static final int HEADER_LENGTH = 3;
    private static final int SEALED = 4;

    private byte[] rest = new byte[0];

    List<byte[]> append(byte[] bytes) {
        int old = rest.length;
        rest = Arrays.copyOf(rest, old + bytes.length);
        System.arraycopy(bytes, 0, rest, old, bytes.length);
        var envelopes = new ArrayList<byte[]>();
        while (rest.length >= HEADER_LENGTH) {
            int end = HEADER_LENGTH + ((rest[1] & 0xff) << 8 | (rest[2] & 0xff));
            if (rest.length < end) {
                break;
            }
            if (rest[0] == SEALED) {
                envelopes.add(Arrays.copyOfRange(rest, HEADER_LENGTH, end));
            }
            rest = Arrays.copyOfRange(rest, end, rest.length);
        }
        return envelopes;
    }
}
