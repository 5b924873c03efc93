package org.privatus.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.KemCapsule;

/// Keys that a test knows, kept in a form in which no search finds them, and a search of all live objects of this JVM for them: after a collection, in
/// a dump of the heap. Arrays of bytes and of words in big-endian order are found, whatever holds them.
public final class PlantedKeys {
    private static final int MASK = 0x5a;
    private static final int HEAD = Long.BYTES;

    /// Keys are told by as many bytes; chance makes none of them.
    private static final int COMPARED = 16;

    /// The use of each, by its first eight bytes, masked.
    private final Map<Long, Planted> keys = new TreeMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Planted(String use, byte[] masked) {}

    /// Remembers a key of 16 bytes or more.
    public synchronized void plant(String use, byte[] key) {
        byte[] masked = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            masked[i] = (byte) (key[i] ^ MASK);
        }
        keys.putIfAbsent(head(masked), new Planted(use, masked));
    }

    public synchronized int count() {
        return keys.size();
    }

    /// A suite that remembers each key that is given to a cipher, each fresh secret and each that was agreed on.
    public CryptoSuite watching(CryptoSuite suite) {
        return (CryptoSuite) Proxy.newProxyInstance(
                CryptoSuite.class.getClassLoader(),
                new Class<?>[] {CryptoSuite.class},
                (proxy, method, arguments) -> call(suite, method, arguments));
    }

    private @Nullable Object call(CryptoSuite suite, Method method, Object[] arguments) throws Throwable {
        Object result;
        try {
            result = method.invoke(suite, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        switch (method.getName()) {
            case "aead", "headerMask", "uiv" -> plant(method.getName(), (byte[]) arguments[arguments.length - 1]);
            case "x25519Generate", "x25519Agree", "kemDecapsulate" -> plant(method.getName(), (byte[]) result);
            case "kemEncapsulate" -> plant(method.getName(), ((KemCapsule) result).secret());
            default -> {}
        }
        return result;
    }

    /// The uses of those that some live object holds.
    public List<String> alive() {
        try {
            Path directory = Files.createTempDirectory("heap");
            Path dump = directory.resolve("live.hprof");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpHeap(dump.toString(), true);
                return search(dump);
            } finally {
                Files.deleteIfExists(dump);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized List<String> search(Path dump) throws IOException {
        var found = new TreeMap<Long, String>();
        try (var channel = FileChannel.open(dump)) {
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            long[] heads = keys.keySet().stream().mapToLong(Long::longValue).toArray();
            boolean[] endings = endings(heads);
            long head = 0;
            for (int at = 0; at < bytes.limit(); at++) {
                head = head << Byte.SIZE | ((bytes.get(at) ^ MASK) & 0xff);
                if (endings[(int) head & 0xffff] && Arrays.binarySearch(heads, head) >= 0) {
                    Planted planted = keys.get(head);
                    if (planted != null && isAt(bytes, at + 1 - HEAD, planted.masked)) {
                        found.put(head, planted.use);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static boolean[] endings(long[] heads) {
        var endings = new boolean[1 << Short.SIZE];
        for (long head : heads) {
            endings[(int) head & 0xffff] = true;
        }
        return endings;
    }

    private static boolean isAt(MappedByteBuffer bytes, int at, byte[] masked) {
        int length = Math.min(COMPARED, masked.length);
        for (int i = 0; i < length; i++) {
            if (at + i >= bytes.limit() || (byte) (bytes.get(at + i) ^ MASK) != masked[i]) {
                return false;
            }
        }
        return true;
    }

    private static long head(byte[] masked) {
        long head = 0;
        for (int i = 0; i < HEAD; i++) {
            head = head << Byte.SIZE | (masked[i] & 0xff);
        }
        return head;
    }
}
