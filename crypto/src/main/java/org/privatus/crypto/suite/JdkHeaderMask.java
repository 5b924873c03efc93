package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// [AesHeaderMask] by the JDK's AES without its `Cipher` ([JdkBlocks]).
final class JdkHeaderMask implements HeaderMask {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private int @Nullable [] schedule;

    JdkHeaderMask(byte[] key) {
        int[] made = new int[AesSchedule.WORDS_256];
        AesSchedule.expand(key, 0, made);
        schedule = made;
    }

    @Override
    public long of(byte[] sample, int offset) {
        int[] keyed = schedule;
        if (keyed == null) {
            throw new IllegalStateException("erased");
        }
        JdkBlocks blocks = JdkBlocks.ofThread();
        blocks.encryptBlock(keyed, sample, offset, blocks.scratch, 0);
        return (long) LONG.get(blocks.scratch, 0);
    }

    @Override
    public void erase() {
        if (schedule != null) {
            Arrays.fill(schedule, 0);
            schedule = null;
        }
    }
}
