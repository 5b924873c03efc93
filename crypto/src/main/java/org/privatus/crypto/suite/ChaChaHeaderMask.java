package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.ChaChaEngine;

/// The first eight bytes of ChaCha20's key stream (RFC 8439 §2.3) whose block counter and nonce are the sample (RFC 9001
/// §5.4.4).
final class ChaChaHeaderMask implements HeaderMask {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    private static final int ROUNDS = 20;
    private static final int WORDS = 16;
    private static final int KEY_WORD = 4;
    private static final int SAMPLE_WORD = 12;

    private final int[] input = Arrays.copyOf(CONSTANTS, WORDS);
    private final int[] block = new int[WORDS];
    private boolean erased;

    ChaChaHeaderMask(byte[] key) {
        for (int i = KEY_WORD; i < SAMPLE_WORD; i++) {
            input[i] = (int) INT.get(key, (i - KEY_WORD) * Integer.BYTES);
        }
    }

    @Override
    public long of(byte[] sample, int offset) {
        if (erased) {
            throw new IllegalStateException("erased");
        }
        for (int i = SAMPLE_WORD; i < WORDS; i++) {
            input[i] = (int) INT.get(sample, offset + (i - SAMPLE_WORD) * Integer.BYTES);
        }
        ChaChaEngine.chachaCore(ROUNDS, input, block);
        return Long.reverseBytes((block[0] & 0xFFFF_FFFFL) | (long) block[1] << Integer.SIZE);
    }

    @Override
    public void erase() {
        erased = true;
        Arrays.fill(input, 0);
        Arrays.fill(block, 0);
    }
}
