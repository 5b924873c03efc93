package org.privatus.node.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends MessageStoreContract {
    private static final byte[] KEY = new byte[32];

    static {
        Arrays.fill(KEY, (byte) 0x42);
    }

    @TempDir
    Path directory;

    private int lives;

    @Override
    protected MessageStore create(Executor executor) throws Exception {
        Files.createDirectories(file().getParent());
        return SqliteStore.open(file(), KEY, executor);
    }

    /// What the files hold at this moment is what a killed process leaves: it is copied aside and opened there.
    @Override
    protected MessageStore kill(Executor executor) throws Exception {
        Path before = file();
        lives++;
        Files.createDirectories(file().getParent());
        copy(before, file());
        copy(log(before), log(file()));
        return SqliteStore.open(file(), KEY, executor);
    }

    private Path file() {
        return directory.resolve("life-" + lives).resolve(SqliteStore.FILE_NAME);
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.copy(from, to);
        }
    }
}
