package org.privatus.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;

class PassphraseSourceTest {
    @TempDir
    private Path temporary;

    private static Terminal typing(String... lines) {
        var typed = new ArrayDeque<>(List.of(lines));
        return new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                true,
                Collections.emptyMap(),
                question -> Optional.ofNullable(typed.poll()).map(String::toCharArray));
    }

    private static Optional<String> asked(boolean fresh, String... lines) {
        return new PassphraseSource(typing(lines), Optional.empty(), false)
                .get(fresh)
                .map(String::new);
    }

    private Path file(String text, String permissions) throws IOException {
        Path file = Files.writeString(temporary.resolve("passphrase"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    @Test
    void an_old_passphrase_is_asked_for_once_and_a_new_one_twice() {
        assertThat(asked(false, "old")).contains("old");
        assertThat(asked(true, "new", "new")).contains("new");
        assertThat(asked(true, "new", "nwe", "", "", "right", "right")).contains("right");
        assertThat(asked(true)).isEmpty();
    }

    @Test
    void what_is_typed_is_erased_and_an_empty_one_is_a_mistake_of_the_user() {
        char[] typed = "old".toCharArray();
        NodeRunner.PassphraseInput input = fresh -> Optional.of(typed);
        assertThat(input.ofKeys(false)).isPresent();
        assertThat(typed).containsOnly('\0');
        NodeRunner.PassphraseInput empty = fresh -> Optional.of(new char[0]);
        assertThatThrownBy(() -> empty.ofKeys(false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("1 to 4096");
    }

    @Test
    void somebody_who_cannot_repeat_it_gets_three_attempts() {
        assertThatThrownBy(() -> asked(true, "a", "b", "a", "b", "a", "b")).isInstanceOf(UserError.class);
    }

    @Test
    void in_a_laboratory_nobody_is_asked_for_a_new_one() {
        var source = new PassphraseSource(typing("x", "x"), Optional.empty(), true);
        assertThat(source.get(true)).isEmpty();
        assertThat(source.get(false).map(String::new)).contains("x");
    }

    @Test
    void the_first_line_of_a_file_counts() throws IOException {
        Path file = file("sécret phrase\r\nmore\n", "rw-------");
        var source = new PassphraseSource(typing(), Optional.of(file), false);
        assertThat(source.get(true).map(String::new)).contains("sécret phrase");
    }

    @Test
    void a_file_that_others_may_read_is_refused() throws IOException {
        Path file = file("secret\n", "rw-r-----");
        var source = new PassphraseSource(typing(), Optional.of(file), false);
        assertThatThrownBy(() -> source.get(false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void an_empty_or_missing_file_is_refused() throws IOException {
        var empty = new PassphraseSource(typing(), Optional.of(file("\n", "rw-------")), false);
        assertThatThrownBy(() -> empty.get(false)).isInstanceOf(UserError.class).hasMessageContaining("empty");
        var missing = new PassphraseSource(typing(), Optional.of(temporary.resolve("none")), false);
        assertThatThrownBy(() -> missing.get(false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot read");
    }
}
