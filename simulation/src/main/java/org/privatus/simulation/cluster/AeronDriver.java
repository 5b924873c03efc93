package org.privatus.simulation.cluster;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.IoUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/// A connection to a media driver, and the driver itself if it runs in this process: one thread, which sleeps where it can,
/// because the processors belong to the shards. Time-outs are long: a process that collects garbage is not dead, and who is
/// lost the cluster says.
final class AeronDriver implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;
    private static final long MEMORY_NEEDED_BYTES = 64L << 20;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Optional<MediaDriver> embedded;
    private final Aeron aeron;
    private final String directory;

    private AeronDriver(Optional<MediaDriver> embedded, String directory, Consumer<String> broken) {
        this.embedded = embedded;
        this.directory = directory;
        this.aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory)
                .driverTimeoutMs(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS))
                .keepAliveIntervalNs(TimeUnit.SECONDS.toNanos(1))
                .idleStrategy(new SleepingMillisIdleStrategy(10))
                .errorHandler(failure -> broken.accept("Aeron gave up: " + failure.getMessage())));
    }

    /// Starts a driver in this process, in a directory of its own that goes when it ends.
    ///
    /// @param broken is told in one line when it can be used no more
    static AeronDriver embedded(Consumer<String> broken) {
        String directory = newDirectory().resolve("driver").toString();
        var context = new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(
                        10, 5, TimeUnit.MICROSECONDS.toNanos(10), TimeUnit.MICROSECONDS.toNanos(200)))
                .clientLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS))
                .imageLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS))
                .publicationUnblockTimeoutNs(TimeUnit.SECONDS.toNanos(2 * TIMEOUT_SECONDS))
                .publicationConnectionTimeoutNs(TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS))
                .spiesSimulateConnection(false)
                .errorHandler(failure -> {}); // what matters the clients say too
        return new AeronDriver(Optional.of(MediaDriver.launch(context)), directory, broken);
    }

    /// Connects to the driver of another process on this machine.
    static AeronDriver at(String directory, Consumer<String> broken) {
        return new AeronDriver(Optional.empty(), directory, broken);
    }

    private static Path newDirectory() {
        try {
            return isRoomy(SHARED_MEMORY)
                    ? Files.createTempDirectory(SHARED_MEMORY, "privatus-")
                    : Files.createTempDirectory("privatus-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoomy(Path directory) throws IOException {
        return Files.isWritable(directory) && Files.getFileStore(directory).getUsableSpace() >= MEMORY_NEEDED_BYTES;
    }

    Aeron aeron() {
        return aeron;
    }

    /// Where other processes of this machine find the driver.
    String directory() {
        return directory;
    }

    @Override
    public void close() {
        aeron.close();
        embedded.ifPresent(driver -> {
            driver.close();
            IoUtil.delete(new File(directory).getParentFile(), true);
        });
    }
}
