package org.privatus.node.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.privatus.node.store.StoreOpenException.Problem;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.mc.SQLiteMCChacha20Config;

/// Makes, checks and opens the encrypted file: ChaCha20-Poly1305 on every page under a raw key (SQLite3 Multiple
/// Ciphers).
///
/// The key is tried on a copy of the first page alone. Opening the file itself under a wrong key destroys it when it
/// has a write-ahead log:
/// SQLite folds the log in when it closes, and decrypts and encrypts on the way.
final class SqliteFile {
    private static final byte[] PLAIN_HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int PAGE_LENGTH = 4096;

    private static final List<String> PRAGMAS = List.of(
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA secure_delete = ON",
            "PRAGMA foreign_keys = ON",
            "PRAGMA temp_store = MEMORY",
            "UPDATE contacts SET online = 0 WHERE online = 1");

    private SqliteFile() {}

    /// An open connection to `file`, which is made if there is none. The key is only read.
    static Connection open(Path file, byte[] key) throws StoreOpenException {
        try {
            if (!Files.exists(file)) {
                refuseOrphanedLog(file);
                create(file, key);
            }
            checkFirstPage(file, key);
        } catch (IOException | SQLException e) {
            throw new StoreOpenException(
                    Problem.UNREADABLE, file + " cannot be read or written: " + oneLine(e) + ".", e);
        }
        return connectAndCheck(file, key);
    }

    /// A log without its database would be played into the new one.
    private static void refuseOrphanedLog(Path file) throws StoreOpenException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(log)) {
            throw new StoreOpenException(
                    Problem.TRUNCATED,
                    file + " is missing, but its log is there. Restore the file from a backup, or move " + log
                            + " away to begin anew.");
        }
    }

    /// Made under another name and moved into place, so that an empty or half-made file is never ours.
    private static void create(Path file, byte[] key) throws IOException, SQLException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
            Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + suffix));
        }
        Files.createFile(fresh, ownerOnly());
        try (Connection connection = connect(fresh.toString(), key);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + PAGE_LENGTH);
            statement.execute("PRAGMA synchronous = FULL");
            connection.setAutoCommit(false);
            for (String sql : Schema.CREATE) {
                statement.execute(sql);
            }
            connection.commit();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(file);
    }

    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    private static void syncDirectory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems do not let a directory be opened; there the move is as durable as it gets.
            return;
        }
    }

    private static void checkFirstPage(Path file, byte[] key) throws StoreOpenException, IOException {
        byte[] page;
        try (InputStream in = Files.newInputStream(file)) {
            page = in.readNBytes(PAGE_LENGTH);
        }
        if (Arrays.equals(page, 0, Math.min(page.length, PLAIN_HEADER.length), PLAIN_HEADER, 0, PLAIN_HEADER.length)) {
            throw new StoreOpenException(
                    Problem.FOREIGN, file + " is an unencrypted database of something else; it was left as it is.");
        }
        if (page.length < PAGE_LENGTH) {
            throw new StoreOpenException(
                    Problem.TRUNCATED,
                    file + " has only " + page.length
                            + " bytes: it was cut short. Restore it from a backup, or move it away to begin anew.");
        }
        Path copy = Files.createTempFile(file.toAbsolutePath().getParent(), "first-page", ".tmp");
        try {
            Files.write(copy, page);
            tryKey(file, copy, key);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /// A page that decrypts belongs to a database of which the rest is missing, which is reported as something else
    /// than a wrong key.
    private static void tryKey(Path file, Path copy, byte[] key) throws StoreOpenException {
        try (Connection connection = connect(copy.toUri() + "?immutable=1", key)) {
            number(connection, "PRAGMA application_id");
        } catch (SQLException e) {
            if ((e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_NOTADB.code) {
                throw new StoreOpenException(
                        Problem.WRONG_KEY_OR_FOREIGN,
                        file
                                + " does not open with this key: wrong passphrase or key file, or not a file of"
                                + " Privatus; it was left as it is.",
                        e);
            }
        }
    }

    private static Connection connectAndCheck(Path file, byte[] key) throws StoreOpenException {
        Connection connection;
        try {
            connection = connect(file.toString(), key);
        } catch (SQLException e) {
            throw damaged(file, e);
        }
        try {
            execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
            check(file, connection);
            for (String pragma : PRAGMAS) {
                execute(connection, pragma);
            }
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw damaged(file, e);
        } catch (StoreOpenException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void check(Path file, Connection connection) throws SQLException, StoreOpenException {
        if (number(connection, "PRAGMA application_id") != Schema.APPLICATION_ID) {
            throw new StoreOpenException(Problem.FOREIGN, file + " is a database of something else.");
        }
        int version = number(connection, "PRAGMA user_version");
        if (version != Schema.VERSION) {
            throw new StoreOpenException(
                    Problem.NEWER,
                    file + " has format " + version + ", this version of Privatus reads " + Schema.VERSION
                            + ": use the version that wrote it.");
        }
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = result.next() ? result.getString(1) : "no answer";
            if (!"ok".equals(verdict)) {
                throw new StoreOpenException(Problem.DAMAGED, damage(file));
            }
        }
    }

    private static StoreOpenException damaged(Path file, SQLException e) {
        int code = e.getErrorCode() & 0xff;
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new StoreOpenException(Problem.DAMAGED, damage(file), e);
        }
        return new StoreOpenException(Problem.UNREADABLE, file + " cannot be opened: " + oneLine(e) + ".", e);
    }

    private static String damage(Path file) {
        return file + " is damaged or was cut short. Restore it from a backup, or move it away to begin anew.";
    }

    private static Connection connect(String name, byte[] key) throws SQLException {
        var properties = SQLiteMCChacha20Config.getDefault()
                .withRawUnsaltedKey(key)
                .build()
                .toProperties();
        return DriverManager.getConnection("jdbc:sqlite:" + name, properties);
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The problem that brought us here is the one to report.
            return;
        }
    }

    private static String oneLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
