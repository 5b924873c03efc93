package org.privatus.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.privatus.node.store.StoreSamples.incoming;
import static org.privatus.node.store.StoreSamples.put;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.node.store.StoreOpenException.Problem;
import org.sqlite.mc.SQLiteMCChacha20Config;

/// Files that are not what they should be: one line says so, and nothing is touched.
class SqliteFileTest {
    private static final byte[] KEY = key(0x42);
    private static final byte[] OTHER_KEY = key(0x43);
    private static final int TEXTS = 300;

    @TempDir
    Path directory;

    @Test
    void a_key_that_is_not_the_right_one_leaves_the_file_and_its_log_as_they_are() throws Exception {
        fill(file());
        Path copy = directory.resolve("killed.db");
        Files.copy(file(), copy);
        Files.copy(log(file()), log(copy));
        byte[] before = Files.readAllBytes(copy);
        byte[] logBefore = Files.readAllBytes(log(copy));

        assertThat(problem(copy, OTHER_KEY)).isEqualTo(Problem.WRONG_KEY_OR_FOREIGN);

        assertThat(Files.readAllBytes(copy)).isEqualTo(before);
        assertThat(Files.readAllBytes(log(copy))).isEqualTo(logBefore);
        assertThat(inbox(SqliteStore.open(copy, KEY, Runnable::run))).hasSize(TEXTS);
    }

    @Test
    void a_file_of_something_else_is_left_as_it_is() throws Exception {
        byte[] content = "Dear diary, today I wrote more than four thousand bytes. "
                .repeat(100)
                .getBytes(StandardCharsets.UTF_8);
        Files.write(file(), content);

        assertThat(problem(file(), KEY)).isEqualTo(Problem.WRONG_KEY_OR_FOREIGN);
        assertThat(Files.readAllBytes(file())).isEqualTo(content);
        assertThat(names()).containsExactly(SqliteStore.FILE_NAME);
    }

    @Test
    void an_unencrypted_database_is_left_as_it_is() throws Exception {
        try (Connection plain = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = plain.createStatement()) {
            statement.execute("CREATE TABLE t(a)");
        }
        byte[] content = Files.readAllBytes(file());

        assertThat(problem(file(), KEY)).isEqualTo(Problem.FOREIGN);
        assertThat(Files.readAllBytes(file())).isEqualTo(content);
    }

    @Test
    void another_database_under_the_same_key_is_left_as_it_is() throws Exception {
        var properties = SQLiteMCChacha20Config.getDefault()
                .withRawUnsaltedKey(KEY)
                .build()
                .toProperties();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file(), properties);
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE t(a)");
        }
        byte[] content = Files.readAllBytes(file());

        assertThat(problem(file(), KEY)).isEqualTo(Problem.FOREIGN);
        assertThat(Files.readAllBytes(file())).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.1, 0.5, 0.9, 0.999})
    void a_file_that_was_cut_short_is_told(double part) throws Exception {
        fillAndClose(file());
        byte[] whole = Files.readAllBytes(file());
        byte[] cut = Arrays.copyOf(whole, (int) (whole.length * part));
        Files.write(file(), cut);

        assertThat(problem(file(), KEY)).isIn(Problem.TRUNCATED, Problem.DAMAGED);
        assertThat(Files.readAllBytes(file())).isEqualTo(cut);
    }

    @Test
    void a_flipped_bit_is_told() throws Exception {
        fillAndClose(file());
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);

        assertThat(problem(file(), KEY)).isEqualTo(Problem.DAMAGED);
    }

    @Test
    void a_format_of_a_later_version_is_left_to_it() throws Exception {
        SqliteStore.open(file(), KEY, Runnable::run).close();
        var properties = SQLiteMCChacha20Config.getDefault()
                .withRawUnsaltedKey(KEY)
                .build()
                .toProperties();
        try (Connection later = DriverManager.getConnection("jdbc:sqlite:" + file(), properties);
                Statement statement = later.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThat(problem(file(), KEY)).isEqualTo(Problem.NEWER);
    }

    @Test
    void a_log_without_its_database_is_not_played_into_a_new_one() throws Exception {
        Files.write(log(file()), new byte[5_000]);

        assertThat(problem(file(), KEY)).isEqualTo(Problem.TRUNCATED);
        assertThat(names()).containsExactly(SqliteStore.FILE_NAME + "-wal");
    }

    @Test
    void a_directory_that_is_not_there_is_told() {
        assertThat(problem(directory.resolve("none").resolve("x.db"), KEY)).isEqualTo(Problem.UNREADABLE);
    }

    @Test
    void the_file_is_the_owners_alone_and_holds_no_text_in_the_clear() throws Exception {
        fillAndClose(file());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1))
                .doesNotContain("text 7")
                .doesNotContain("SQLite")
                .doesNotContain("contacts");
        assertThat(names()).containsExactly(SqliteStore.FILE_NAME);
    }

    @Test
    void transactions_that_wait_together_are_answered_each() throws Exception {
        var work = new ArrayList<Runnable>();
        SqliteStore store = SqliteStore.open(file(), KEY, work::add);
        var appeared = new ArrayList<StoredMessage>();
        store.submit(StoreTransaction.of(put(1, Standing.CONTACT)), reply -> {});
        for (int i = 0; i < 200; i++) {
            store.submit(
                    StoreTransaction.of(incoming(1, i, false)),
                    reply -> appeared.addAll(
                            ((StoreReply.Done<Committed>) reply).value().appeared()));
        }
        assertThat(work).hasSize(1);
        work.getFirst().run();

        assertThat(appeared)
                .extracting(StoredMessage::position)
                .doesNotHaveDuplicates()
                .hasSize(200);
        store.close();
        work.getLast().run();
    }

    private Path file() {
        return directory.resolve(SqliteStore.FILE_NAME);
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static SqliteStore fill(Path file) throws StoreOpenException {
        SqliteStore store = SqliteStore.open(file, KEY, Runnable::run);
        store.submit(StoreTransaction.of(put(1, Standing.CONTACT)), reply -> {});
        for (int i = 0; i < TEXTS; i++) {
            store.submit(StoreTransaction.of(incoming(1, i, false)), reply -> {});
        }
        return store;
    }

    private static void fillAndClose(Path file) throws StoreOpenException {
        fill(file).close();
    }

    private static List<StoredMessage> inbox(SqliteStore store) {
        var texts = new ArrayList<StoredMessage>();
        store.inbox(0, 10_000, reply -> texts.addAll(((StoreReply.Done<List<StoredMessage>>) reply).value()));
        store.close();
        return texts;
    }

    private static Problem problem(Path file, byte[] key) {
        StoreOpenException thrown =
                catchThrowableOfType(StoreOpenException.class, () -> SqliteStore.open(file, key, Runnable::run));
        assertThat(thrown).as("opening " + file).isNotNull();
        assertThat(thrown.getMessage()).doesNotContain("\n").contains(file.toString());
        return thrown.problem();
    }

    private static byte[] key(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
