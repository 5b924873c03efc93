package org.privatus.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;

class KeystoreTest {
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final SecureRandom KEYS = new SecureRandom();
    private static final PersonIdentity PERSON = PersonIdentity.generate(SUITE, KEYS);

    @TempDir
    Path directory;

    @Test
    void a_person_is_locked_by_a_passphrase() throws Exception {
        PersonKeystore made = createPerson(byPassphrase("correct horse"));
        assertThat(PersonKeystore.exists(directory)).isTrue();
        assertThat(PersonKeystore.needsPassphrase(directory, SUITE)).isTrue();
        PersonKeystore opened = openPerson("correct horse");
        assertThat(opened.identity().address(NetworkId.DEV)).isEqualTo(PERSON.address(NetworkId.DEV));
        assertThat(opened.databaseKey()).hasSize(32).isEqualTo(made.databaseKey());
        assertThat(fileNames()).containsExactly("person.keystore");
    }

    @Test
    void without_the_passphrase_it_stays_locked() throws Exception {
        createPerson(byPassphrase("correct horse"));
        assertThatThrownBy(() -> openPerson("wrong horse"))
                .isInstanceOf(KeystoreException.WrongPassphrase.class)
                .hasMessageContaining("wrong passphrase for");
        assertThatThrownBy(() -> PersonKeystore.open(directory, SUITE, KEYS, Optional.empty()))
                .isInstanceOf(KeystoreException.PassphraseNeeded.class)
                .hasMessageContaining("--passphrase-file");
    }

    @Test
    void on_dev_a_person_needs_no_passphrase() throws Exception {
        PersonKeystore made = createPerson(new Protection.ByKeyFile());
        assertThat(PersonKeystore.needsPassphrase(directory, SUITE)).isFalse();
        assertThat(PersonKeystore.open(directory, SUITE, KEYS, Optional.empty()).databaseKey())
                .isEqualTo(made.databaseKey());
        assertThat(fileNames()).containsExactly("person.key", "person.keystore");
    }

    @Test
    void protection_can_be_changed_and_the_database_key_stays() throws Exception {
        PersonKeystore keystore = createPerson(new Protection.ByKeyFile());
        byte[] databaseKey = keystore.databaseKey();
        keystore.protect(byPassphrase("first"));
        assertThat(fileNames()).containsExactly("person.keystore");
        openPerson("first").protect(byPassphrase("second"));
        assertThatThrownBy(() -> openPerson("first")).isInstanceOf(KeystoreException.WrongPassphrase.class);
        assertThat(openPerson("second").databaseKey()).isEqualTo(databaseKey);
        openPerson("second").protect(new Protection.ByKeyFile());
        assertThat(openPerson("whatever").databaseKey()).isEqualTo(databaseKey);
    }

    @Test
    void a_node_opens_while_its_person_is_locked() throws Exception {
        createPerson(byPassphrase("correct horse"));
        NodeIdentity identity = NodeIdentity.generate(SUITE, KEYS, 1);
        OnionKeys first = OnionKeys.generate(SUITE, KEYS, 1000);
        NodeKeystore.create(directory, SUITE, KEYS, identity, first);
        NodeKeystore opened = NodeKeystore.open(directory, SUITE, KEYS);
        assertThat(opened.identity().id()).isEqualTo(identity.id());
        assertThat(opened.identity().nonce()).isEqualTo(identity.nonce());
        assertThat(opened.identity().seed()).isEqualTo(identity.seed());
        assertThat(opened.onionKeys().current().key()).isEqualTo(first.current().key());
        assertThat(opened.onionKeys().previous()).isEmpty();
        OnionKeys second = opened.onionKeys().rotate(SUITE, KEYS, 2000);
        opened.replace(second);
        OnionKeys kept = NodeKeystore.open(directory, SUITE, KEYS).onionKeys();
        assertThat(kept.current().secret()).isEqualTo(second.current().secret());
        assertThat(kept.previous().orElseThrow().key())
                .isEqualTo(first.current().key());
        assertThat(kept.rotatedAtEpochMillis()).isEqualTo(2000);
    }

    @Test
    void no_keystore_is_ever_overwritten_by_a_new_one() throws Exception {
        createPerson(new Protection.ByKeyFile());
        assertThatThrownBy(() -> createPerson(new Protection.ByKeyFile()))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void a_truncated_file_is_refused_at_every_length() throws Exception {
        createPerson(new Protection.ByKeyFile());
        byte[] whole = Files.readAllBytes(person());
        for (int length = 0; length < whole.length; length++) {
            Files.write(person(), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> openPerson(""))
                    .as("%d bytes", length)
                    .isInstanceOf(KeystoreException.Truncated.class);
        }
        Files.write(person(), Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> openPerson("")).isInstanceOf(KeystoreException.Damaged.class);
    }

    @Test
    void a_flipped_bit_is_noticed_at_every_place() throws Exception {
        createPerson(byPassphrase("correct horse"));
        byte[] whole = Files.readAllBytes(person());
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(person(), changed);
            assertThatThrownBy(() -> openPerson("correct horse"))
                    .as("byte %d", at)
                    .isInstanceOf(KeystoreException.class)
                    .isNotInstanceOf(KeystoreException.WrongPassphrase.class);
        }
    }

    @Test
    void the_header_is_authenticated_by_the_key_it_describes() throws Exception {
        createPerson(byPassphrase("correct horse"));
        byte[] whole = Files.readAllBytes(person());
        whole[19] = 3;
        Files.write(person(), withChecksum(whole));
        assertThatThrownBy(() -> openPerson("correct horse")).isInstanceOf(KeystoreException.WrongPassphrase.class);
    }

    @Test
    void parameters_out_of_bounds_are_refused_before_they_are_used() throws Exception {
        createPerson(byPassphrase("correct horse"));
        byte[] whole = Files.readAllBytes(person());
        assertParametersRefused(whole, 12, 0x7f);
        assertParametersRefused(whole, 13, 0x11);
        assertParametersRefused(whole, 14, 0x4b);
        assertParametersRefused(whole, 19, 1);
        assertParametersRefused(whole, 16, 1);
        assertParametersRefused(whole, 11, 0);
        assertParametersRefused(whole, 11, 5);
        assertThatThrownBy(() -> new ArgonParameters(19 * 1024 - 1, 2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ArgonParameters(1024 * 1024 + 1, 2, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertParametersRefused(byte[] whole, int at, int value) throws IOException {
        byte[] changed = whole.clone();
        changed[at] = (byte) value;
        Files.write(person(), withChecksum(changed));
        assertThatThrownBy(() -> openPerson("correct horse"))
                .as("byte %d = %d", at, value)
                .isInstanceOf(KeystoreException.ParametersOutOfBounds.class)
                .hasMessageContaining("19 MiB to 1 GiB");
    }

    @Test
    void foreign_files_and_later_formats_are_told_apart() throws Exception {
        createPerson(new Protection.ByKeyFile());
        Files.copy(person(), directory.resolve("node.keystore"));
        assertThatThrownBy(() -> NodeKeystore.open(directory, SUITE, KEYS))
                .isInstanceOf(KeystoreException.Foreign.class)
                .hasMessageContaining("does not hold a node's keys");
        byte[] later = Files.readAllBytes(person());
        later[8] = 2;
        Files.write(person(), later);
        assertThatThrownBy(() -> openPerson("")).isInstanceOf(KeystoreException.UnsupportedVersion.class);
        Files.writeString(person(), "SQLite format 3");
        assertThatThrownBy(() -> openPerson("")).isInstanceOf(KeystoreException.Foreign.class);
        Files.write(person(), new byte[1 << 20]);
        assertThatThrownBy(() -> openPerson("")).isInstanceOf(KeystoreException.Foreign.class);
    }

    @Test
    void a_key_file_that_is_missing_or_another_is_named() throws Exception {
        createPerson(new Protection.ByKeyFile());
        Path keyFile = directory.resolve("person.key");
        byte[] key = Files.readAllBytes(keyFile);
        Files.write(keyFile, Arrays.copyOf(key, 31));
        assertThatThrownBy(() -> openPerson("")).isInstanceOf(KeystoreException.KeyFileMismatch.class);
        key[0] ^= 1;
        Files.write(keyFile, key);
        assertThatThrownBy(() -> openPerson("")).isInstanceOf(KeystoreException.KeyFileMismatch.class);
        Files.delete(keyFile);
        assertThatThrownBy(() -> openPerson(""))
                .isInstanceOf(KeystoreException.KeyFileMissing.class)
                .hasMessageContaining("person.key is missing");
    }

    @Test
    void only_the_owner_can_read_the_files() throws Exception {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        createPerson(new Protection.ByKeyFile());
        for (String name : fileNames()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .isEqualTo("rw-------");
        }
        Path keyFile = directory.resolve("person.key");
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> openPerson(""))
                .isInstanceOf(KeystoreException.TooOpen.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void what_a_crash_left_behind_hinders_nobody() throws Exception {
        Files.writeString(directory.resolve(".person.keystore.new"), "half");
        PersonKeystore made = createPerson(new Protection.ByKeyFile());
        Files.delete(person());
        createPerson(new Protection.ByKeyFile());
        assertThat(openPerson("").databaseKey()).isNotEqualTo(made.databaseKey());
        assertThat(fileNames()).containsExactly("person.key", "person.keystore");
    }

    @Test
    void a_write_that_fails_leaves_the_old_protection() throws Exception {
        PersonKeystore keystore = createPerson(byPassphrase("old"));
        Path obstacle = Files.createDirectory(directory.resolve(".person.keystore.new"));
        Files.writeString(obstacle.resolve("full"), "");
        assertThatThrownBy(() -> keystore.protect(byPassphrase("new"))).isInstanceOf(IOException.class);
        assertThat(openPerson("old").databaseKey()).isEqualTo(keystore.databaseKey());
    }

    @Test
    void nothing_secret_stands_in_the_file_or_in_text() throws Exception {
        Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
        createPerson(new Protection.ByPassphrase(passphrase, ArgonParameters.MINIMUM));
        String file = HexFormat.of().formatHex(Files.readAllBytes(person()));
        assertThat(file).doesNotContain(HexFormat.of().formatHex(PERSON.seed()));
        assertThat(new Protection.ByPassphrase(passphrase).toString()).doesNotContain("horse");
        passphrase.erase();
        assertThat(passphrase.utf8()).containsOnly(0);
    }

    @Test
    void a_passphrase_file_counts_up_to_its_line_end() throws Exception {
        Path file = directory.resolve("passphrase");
        Files.writeString(file, "grüße €😀\r\nmore");
        assertThat(Passphrase.ofFile(file).utf8())
                .isEqualTo(Passphrase.of("grüße €😀".toCharArray()).utf8())
                .isEqualTo("grüße €😀".getBytes(StandardCharsets.UTF_8));
        Files.writeString(file, "\n");
        assertThatThrownBy(() -> Passphrase.ofFile(file)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_erased_keystore_holds_nothing() throws Exception {
        PersonIdentity mine = PersonIdentity.generate(SUITE, KEYS);
        PersonKeystore keystore = PersonKeystore.create(directory, SUITE, KEYS, new Protection.ByKeyFile(), mine);
        keystore.erase();
        assertThat(mine.seed()).containsOnly(0);
    }

    private PersonKeystore createPerson(Protection protection) throws IOException, KeystoreException {
        return PersonKeystore.create(directory, SUITE, KEYS, protection, PERSON);
    }

    private PersonKeystore openPerson(String passphrase) throws IOException, KeystoreException {
        Optional<Passphrase> given =
                passphrase.isEmpty() ? Optional.empty() : Optional.of(Passphrase.of(passphrase.toCharArray()));
        return PersonKeystore.open(directory, SUITE, KEYS, given);
    }

    private static Protection byPassphrase(String passphrase) {
        return new Protection.ByPassphrase(Passphrase.of(passphrase.toCharArray()), ArgonParameters.MINIMUM);
    }

    private Path person() {
        return directory.resolve("person.keystore");
    }

    private static byte[] withChecksum(byte[] file) {
        byte[] checked = Arrays.copyOf(file, file.length - 32);
        byte[] whole = file.clone();
        System.arraycopy(SUITE.sha256(checked), 0, whole, checked.length, 32);
        return whole;
    }

    private List<String> fileNames() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
