package org.privatus.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.privatus.crypto.wire.MalformedPacketException;

/// Feeds a decoder with what strangers could send: messages that are good, made by the codecs, changed by {@link Mutations}, and with the inputs
/// that are kept in the resource `/fuzz/NAME.txt`, one in hexadecimal on each line, `#` before remarks. It is blind to which branches the decoder takes; in its place
/// it knows what a good message looks like and what a length field does.
///
/// What every input must stand: it is taken or refused with {@link MalformedPacketException}, nothing else is thrown, and the thread that reads it allocates no more than
/// a stated number of bytes and a stated multiple of the input's length.
public final class Fuzzing {
    /// Room for what a codec allocates whatever the input says: readers, what it builds first.
    public static final long BASE_BYTES = 4_096;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 500;

    private final String name;
    private final long baseBytes;
    private final long bytesPerByte;
    private final List<byte[]> good;
    private final Reader reader;

    /// Reads the whole of `input`.
    @FunctionalInterface
    public interface Reader {
        void read(byte[] input) throws MalformedPacketException;
    }

    /// @param name of the kept inputs too
    /// @param baseBytes what may be allocated for any input
    /// @param bytesPerByte and beside it for each byte of an input
    /// @param good messages that are taken, one of each kind at least
    public Fuzzing(String name, long baseBytes, long bytesPerByte, List<byte[]> good, Reader reader) {
        this.name = name;
        this.baseBytes = baseBytes;
        this.bytesPerByte = bytesPerByte;
        this.good = List.copyOf(good);
        this.reader = reader;
    }

    /// Good messages are taken, and what is kept does no harm.
    public void keptInputs() {
        for (byte[] message : good) {
            assertThat(take(message)).as("%s takes %s", name, hex(message)).isTrue();
        }
        kept(name).forEach(this::take);
    }

    /// So many inputs that are drawn from the seed.
    public void mutations(long seed, int count) {
        keptInputs();
        var mutations = mutations(seed);
        for (int i = 0; i < count; i++) {
            take(mutations.next());
        }
    }

    /// As many inputs as there is time for.
    public void mutationsFor(int seconds) {
        var mutations = mutations(System.nanoTime());
        long until = System.nanoTime() + seconds * NANOS_PER_SECOND;
        while (System.nanoTime() < until) {
            for (int i = 0; i < BETWEEN_LOOKS_AT_THE_CLOCK; i++) {
                take(mutations.next());
            }
        }
    }

    private Mutations mutations(long seed) {
        List<byte[]> all = new ArrayList<>(good);
        all.addAll(kept(name));
        return new Mutations(seed, all);
    }

    /// Whether it was taken. What the first calls allocate for classes is not held against the decoder: whatever allocates too much does so again.
    private boolean take(byte[] input) {
        long bound = baseBytes + bytesPerByte * input.length;
        long allocated = Long.MAX_VALUE;
        boolean taken = false;
        for (int i = 0; i < 3 && allocated > bound; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            taken = accepts(input.clone());
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before - input.length;
        }
        if (allocated > bound) {
            fail("%s allocates %d bytes for %s", name, allocated, hex(input));
        }
        return taken;
    }

    private boolean accepts(byte[] input) {
        try {
            reader.read(input);
            return true;
        } catch (MalformedPacketException e) {
            return false;
        } catch (RuntimeException | Error e) {
            return fail(name + " of " + hex(input), e);
        }
    }

    /// The inputs that are kept under a name; none if there is no such resource.
    public static List<byte[]> kept(String name) {
        InputStream file = Fuzzing.class.getResourceAsStream("/fuzz/" + name + ".txt");
        if (file == null) {
            return List.of();
        }
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> HexFormat.of().parseHex(line.strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
