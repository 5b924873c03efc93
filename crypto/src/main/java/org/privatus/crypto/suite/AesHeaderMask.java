package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The first half of the AES-256 block that the sample becomes (RFC 9001 §5.4.3). The JDK's cipher is made when first used,
/// since most links of a node are idle.
final class AesHeaderMask implements HeaderMask {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] block = new byte[AesBlocks.BLOCK_LENGTH];
    private @Nullable AesBlocks aes;

    AesHeaderMask(byte[] key) {
        aes = new AesBlocks(key, 0, KEY_LENGTH);
    }

    @Override
    public long of(byte[] sample, int offset) {
        AesBlocks keyed = aes;
        if (keyed == null) {
            throw new IllegalStateException("erased");
        }
        keyed.encrypt(sample, offset, SAMPLE_LENGTH, block, 0);
        return (long) LONG.get(block, 0);
    }

    @Override
    public void erase() {
        AesBlocks keyed = aes;
        if (keyed != null) {
            keyed.erase();
            aes = null;
        }
    }
}
