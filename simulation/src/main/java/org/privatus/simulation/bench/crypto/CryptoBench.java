package org.privatus.simulation.bench.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.BlockCiphers;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.simulation.bench.harness.Progress;
import org.privatus.simulation.bench.harness.RowBook;

/// Runs each operation a fixed number of times per round on this thread, after a warm-up, and notes the time of one.
public final class CryptoBench {
    static final List<Integer> SIZES = List.of(512, 1_200, 16_384);

    private static final int AD_LENGTH = 13;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int rounds;
    private final int divisor;
    private final Progress progress;
    private final StandardSuite suite = new StandardSuite();
    private final SecureRandom random = new SecureRandom();
    private final List<Measured> ours = new ArrayList<>();
    private final List<Measured> others = new ArrayList<>();
    private double cpuSeconds;
    private double wallSeconds;

    /// One operation.
    ///
    /// @param times how often per round
    /// @param work is given a number that it never got before
    private record Measured(String key, int times, double unitNanos, LongConsumer work) {}

    /// What was measured, OpenSSL's under the same keys, if there is one.
    public record Result(RowBook ours, Optional<RowBook> openSsl, double cpuSeconds, double wallSeconds) {}

    /// @param divisor of the work: 1, or more for a first look
    public CryptoBench(int rounds, int divisor, Progress progress) {
        this.rounds = rounds;
        this.divisor = divisor;
        this.progress = progress;
    }

    public Result run() {
        try (Arena arena = Arena.ofConfined()) {
            SIZES.forEach(size -> addAead(size, arena));
            addCells("cell.", suite);
            addCells("cell.portable.", new StandardSuite(BlockCiphers.PORTABLE));
            new HandshakeWork(suite, random).each((key, times, work) -> add(key, times, NANOS_PER_MICRO, work));
            RowBook mine = new RowBook();
            RowBook theirs = new RowBook();
            for (int round = 0; round <= rounds; round++) {
                progress.now(round == 0 ? "warming up" : "round " + round + " of " + rounds);
                boolean counts = round > 0;
                measure(ours, counts ? mine : new RowBook(), counts);
                measure(others, counts ? theirs : new RowBook(), false);
            }
            return new Result(mine, others.isEmpty() ? Optional.empty() : Optional.of(theirs), cpuSeconds, wallSeconds);
        }
    }

    private void measure(List<Measured> all, RowBook book, boolean counts) {
        for (Measured each : all) {
            int times = Math.max(1, each.times / divisor);
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long begun = System.nanoTime();
            for (int i = 0; i < times; i++) {
                each.work.accept(i);
            }
            long nanos = System.nanoTime() - begun;
            book.note(each.key, nanos / each.unitNanos / times);
            if (counts) {
                wallSeconds += nanos / NANOS_PER_SECOND;
                cpuSeconds += (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / NANOS_PER_SECOND;
            }
        }
    }

    private void add(String key, int times, double unitNanos, LongConsumer work) {
        ours.add(new Measured(key, times, unitNanos, work));
    }

    private void addAead(int size, Arena arena) {
        int times = size > 10_000 ? 100_000 : 400_000;
        byte[] ad = new byte[AD_LENGTH];
        byte[] packet = new byte[size + Aead.TAG_LENGTH];
        byte[] sealed = new byte[size + Aead.TAG_LENGTH];
        byte[] plain = new byte[size];
        Aead sealer = suite.aead(new byte[Aead.KEY_LENGTH]);
        Aead opener = suite.aead(new byte[Aead.KEY_LENGTH]);
        suite.aead(new byte[Aead.KEY_LENGTH]).seal(1, ad, 0, AD_LENGTH, plain, 0, size, sealed, 0);
        String seal = "aead.seal." + size;
        String open = "aead.open." + size;
        add(seal, times, 1, number -> sealer.seal(number, ad, 0, AD_LENGTH, packet, 0, size, packet, 0));
        add(open, times, 1, _ -> mustOpen(opener.open(1, ad, 0, AD_LENGTH, sealed, 0, sealed.length, plain, 0)));
        MemorySegment header = MemorySegment.ofArray(ad);
        MemorySegment in = MemorySegment.ofArray(sealed);
        MemorySegment out = MemorySegment.ofArray(new byte[size + Aead.TAG_LENGTH]);
        OpenSslGcm.find(arena, true)
                .ifPresent(gcm -> others.add(
                        new Measured(seal, times, 1, number -> gcm.message(number, header, out, out, size))));
        OpenSslGcm.find(arena, false)
                .ifPresent(gcm -> others.add(new Measured(open, times, 1, _ -> gcm.message(1, header, in, out, size))));
    }

    private static void mustOpen(int length) {
        if (length < 0) {
            throw new IllegalStateException("a message does not open");
        }
    }

    private void addCells(String key, StandardSuite with) {
        var circuit = new CellWork(with);
        int times = 100_000;
        add(key + "pass.forward", times, 1, _ -> circuit.passForward());
        add(key + "pass.backward", times, 1, _ -> circuit.passBackward());
        add(key + "answer", times, 1, _ -> circuit.answer());
        add(key + "originate.3", times, 1, _ -> circuit.originate());
        add(key + "receive.3", times, 1, _ -> circuit.receive());
    }
}
