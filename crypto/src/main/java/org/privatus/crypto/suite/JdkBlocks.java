package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// The JDK's own AES and GHASH, which its compiler replaces by the processor's instructions, without the JDK's `Cipher`
/// around them: keys are arrays of the caller's, nothing is allocated, and nothing is copied in place.
///
/// It needs `--add-opens java.base/com.sun.crypto.provider=ALL-UNNAMED` and the insides of that package as they are in JDK
/// 25; [#AVAILABLE] says whether they are there. One object serves all keys of a thread, which keeps what it works in hot
/// however many circuits there are: see [#ofThread()]. What the last call worked with stays in it until the
/// next.
final class JdkBlocks {
    static final int BLOCK_LENGTH = 16;

    static final int SCRATCH_LENGTH = 512;
    static final int HASH_TABLE_LENGTH = 18;

    /// Whether [#ofThread()] may be called.
    static final boolean AVAILABLE;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final ThreadLocal<JdkBlocks> OF_THREAD = ThreadLocal.withInitial(JdkBlocks::new);

    private static final MethodHandle NEW_AES;
    private static final MethodHandle INIT_AES;
    private static final MethodHandle SET_SCHEDULE;
    private static final MethodHandle ENCRYPT_BLOCK;
    private static final MethodHandle DECRYPT_BLOCK;
    private static final MethodHandle NEW_COUNTER_MODE;
    private static final MethodHandle COUNTER;
    private static final MethodHandle SET_USED;
    private static final MethodHandle CRYPT;
    private static final MethodHandle HASH_BLOCKS;

    static {
        Insides found = Insides.find();
        AVAILABLE = found.complete;
        NEW_AES = found.newAes;
        INIT_AES = found.initAes;
        SET_SCHEDULE = found.setSchedule;
        ENCRYPT_BLOCK = found.encryptBlock;
        DECRYPT_BLOCK = found.decryptBlock;
        NEW_COUNTER_MODE = found.newCounterMode;
        COUNTER = found.counter;
        SET_USED = found.setUsed;
        CRYPT = found.crypt;
        HASH_BLOCKS = found.hashBlocks;
    }

    private final Keyed aes128 = new Keyed(16);
    private final Keyed aes256 = new Keyed(32);
    private final long[] sum = new long[2];
    private final long[] hashTable = new long[HASH_TABLE_LENGTH];

    /// For whoever works on a block or a cell within one call.
    final byte[] scratch = new byte[SCRATCH_LENGTH];

    private JdkBlocks() {}

    /// The JDK's objects for keys of one length, which they are made with: what its compiler does not replace asks them for it.
    private static final class Keyed {
        final Object aes;
        final Object counterMode;
        final byte[] counter;

        Keyed(int keyLength) {
            try {
                aes = (Object) NEW_AES.invokeExact();
                INIT_AES.invokeExact(aes, false, "AES", new byte[keyLength]);
                counterMode = (Object) NEW_COUNTER_MODE.invokeExact(aes);
                counter = (byte[]) COUNTER.invokeExact(counterMode);
            } catch (Throwable e) {
                throw failed(e);
            }
        }
    }

    private Keyed keyed(int[] schedule) {
        return schedule.length == AesSchedule.WORDS_128 ? aes128 : aes256;
    }

    static JdkBlocks ofThread() {
        return OF_THREAD.get();
    }

    void encryptBlock(int[] schedule, byte[] in, int inOffset, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(inOffset, BLOCK_LENGTH, in.length);
        Objects.checkFromIndexSize(outOffset, BLOCK_LENGTH, out.length);
        Object aes = keyed(schedule).aes;
        try {
            SET_SCHEDULE.invokeExact(aes, schedule);
            ENCRYPT_BLOCK.invokeExact(aes, in, inOffset, out, outOffset);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /// With a schedule of the inverse cipher.
    void decryptBlock(int[] inverse, byte[] in, int inOffset, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(inOffset, BLOCK_LENGTH, in.length);
        Objects.checkFromIndexSize(outOffset, BLOCK_LENGTH, out.length);
        Object aes = keyed(inverse).aes;
        try {
            SET_SCHEDULE.invokeExact(aes, inverse);
            DECRYPT_BLOCK.invokeExact(aes, in, inOffset, out, outOffset);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /// Adds to `length` bytes the key stream from the counter block `high ‖ low` on. `in` and `out` may be the same array at
    /// the same offset.
    void crypt(int[] schedule, long high, long low, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Keyed keyed = keyed(schedule);
        LONG.set(keyed.counter, 0, high);
        LONG.set(keyed.counter, Long.BYTES, low);
        try {
            SET_SCHEDULE.invokeExact(keyed.aes, schedule);
            SET_USED.invokeExact(keyed.counterMode, BLOCK_LENGTH);
            CRYPT.invokeExact(keyed.counterMode, in, inOffset, length, out, outOffset);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /// `data` with the key stream of AES-256 from a zero counter block on.
    static byte[] counterMode(byte[] key, byte[] data) {
        int[] schedule = new int[AesSchedule.WORDS_256];
        AesSchedule.expand(key, 0, schedule);
        byte[] out = new byte[data.length];
        ofThread().crypt(schedule, 0, 0, data, 0, data.length, out, 0);
        Arrays.fill(schedule, 0);
        return out;
    }

    /// GHASH (NIST SP 800-38D §6.4) of whole blocks; its sum is then [#hashHigh()] `‖` [#hashLow()]. For the table see
    /// [#addToHash].
    void hash(long[] table, byte[] in, int offset, int blocks) {
        startHash();
        addToHash(table, in, offset, blocks);
    }

    /// As [#hash(long[], byte[], int, int)] under the key `high ‖ low`, whose powers are not kept: for a block or two.
    void hash(long high, long low, byte[] in, int offset, int blocks) {
        Arrays.fill(hashTable, 0);
        hashTable[0] = high;
        hashTable[1] = low;
        hash(hashTable, in, offset, blocks);
    }

    void startHash() {
        sum[0] = 0;
        sum[1] = 0;
    }

    /// @param table [#HASH_TABLE_LENGTH] words: the key's two, big-endian, then zeros. Powers of the key are filled in at
    ///     first use and spare time from then on, so they must be cleared when the key changes
    void addToHash(long[] table, byte[] in, int offset, int blocks) {
        Objects.checkFromIndexSize(offset, blocks * BLOCK_LENGTH, in.length);
        Objects.checkFromIndexSize(0, HASH_TABLE_LENGTH, table.length);
        try {
            HASH_BLOCKS.invokeExact(in, offset, blocks, sum, table);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    long hashHigh() {
        return sum[0];
    }

    long hashLow() {
        return sum[1];
    }

    private static IllegalStateException failed(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(thrown);
    }

    /// What was found of the JDK's insides.
    private static final class Insides {
        boolean complete;
        MethodHandle newAes = nothing();
        MethodHandle initAes = nothing();
        MethodHandle setSchedule = nothing();
        MethodHandle encryptBlock = nothing();
        MethodHandle decryptBlock = nothing();
        MethodHandle newCounterMode = nothing();
        MethodHandle counter = nothing();
        MethodHandle setUsed = nothing();
        MethodHandle crypt = nothing();
        MethodHandle hashBlocks = nothing();

        static MethodHandle nothing() {
            return MethodHandles.zero(void.class);
        }

        static Insides find() {
            Insides found = new Insides();
            try {
                found.look();
                found.complete = intrinsicsTakeArrays();
            } catch (ReflectiveOperationException | SecurityException e) {
                found.complete = false;
            }
            return found;
        }

        /// Elsewhere the compiler's replacements read other fields than the one that is set here.
        private static boolean intrinsicsTakeArrays() {
            String processor = System.getProperty("os.arch", "");
            return processor.equals("amd64") || processor.equals("aarch64");
        }

        private void look() throws ReflectiveOperationException {
            MethodHandles.Lookup ours = MethodHandles.lookup();
            String home = "com.sun.crypto.provider.";
            Class<?> symmetric = Class.forName(home + "SymmetricCipher");
            Class<?> aes = Class.forName(home + "AESCrypt");
            Class<?> mode = Class.forName(home + "CounterMode");
            Class<?> ghash = Class.forName(home + "GHASH");
            MethodHandles.Lookup inAes = MethodHandles.privateLookupIn(aes, ours);
            MethodHandles.Lookup inMode = MethodHandles.privateLookupIn(mode, ours);
            MethodType block = MethodType.methodType(void.class, byte[].class, int.class, byte[].class, int.class);
            newAes = inAes.findConstructor(aes, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Object.class));
            initAes = inAes.findVirtual(
                            aes, "init", MethodType.methodType(void.class, boolean.class, String.class, byte[].class))
                    .asType(MethodType.methodType(void.class, Object.class, boolean.class, String.class, byte[].class));
            setSchedule = inAes.findSetter(aes, "K", int[].class)
                    .asType(MethodType.methodType(void.class, Object.class, int[].class));
            encryptBlock =
                    inAes.findVirtual(aes, "encryptBlock", block).asType(block.insertParameterTypes(0, Object.class));
            decryptBlock =
                    inAes.findVirtual(aes, "decryptBlock", block).asType(block.insertParameterTypes(0, Object.class));
            newCounterMode = inMode.findConstructor(mode, MethodType.methodType(void.class, symmetric))
                    .asType(MethodType.methodType(Object.class, Object.class));
            counter = inMode.findGetter(mode, "counter", byte[].class)
                    .asType(MethodType.methodType(byte[].class, Object.class));
            setUsed = inMode.findSetter(mode, "used", int.class)
                    .asType(MethodType.methodType(void.class, Object.class, int.class));
            MethodType crypting =
                    MethodType.methodType(int.class, byte[].class, int.class, int.class, byte[].class, int.class);
            crypt = inMode.findVirtual(mode, "crypt", crypting)
                    .asType(crypting.changeReturnType(void.class).insertParameterTypes(0, Object.class));
            hashBlocks = MethodHandles.privateLookupIn(ghash, ours)
                    .findStatic(
                            ghash,
                            "processBlocks",
                            MethodType.methodType(
                                    void.class, byte[].class, int.class, int.class, long[].class, long[].class));
        }
    }
}
