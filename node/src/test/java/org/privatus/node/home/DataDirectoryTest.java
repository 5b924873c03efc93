package org.privatus.node.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.node.terminal.UserError;

class DataDirectoryTest {
    @TempDir
    private Path temporary;

    @Test
    void a_new_directory_is_made_for_its_owner_alone() throws IOException {
        var home = new DataDirectory(temporary.resolve("a/b"));
        assertThat(home.isInitialised()).isFalse();
        home.claim().close();
        assertThat(home.isInitialised()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void one_process_at_a_time_and_the_other_is_told_which() {
        var home = new DataDirectory(temporary.resolve("home"));
        DataDirectory.Claim first = home.claim();
        assertThatThrownBy(home::claim)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid())
                .hasMessageContaining("--data");
        first.close();
        home.claim().close();
    }

    @Test
    void a_directory_with_other_things_is_left_alone() throws IOException {
        Files.writeString(temporary.resolve("letter.txt"), "mine");
        var home = new DataDirectory(temporary);
        assertThatThrownBy(home::claim).isInstanceOf(UserError.class).hasMessageContaining("holds other files");
        assertThat(temporary).isDirectoryContaining(path -> path.endsWith("letter.txt"));
        assertThat(temporary.toFile().list()).hasSize(1);
    }

    @Test
    void settings_may_be_there_before_the_first_start() throws IOException {
        Files.writeString(temporary.resolve("privatus.conf"), "privatus.node.relay = false");
        new DataDirectory(temporary).claim().close();
    }

    @Test
    void a_file_is_no_directory() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(new DataDirectory(file)::claim)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void another_layout_is_not_touched() throws IOException {
        Files.writeString(temporary.resolve("privatus-data"), "privatus data 9\n");
        assertThatThrownBy(new DataDirectory(temporary)::claim)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("another version");
    }

    @Test
    void the_network_is_remembered() throws IOException {
        var home = new DataDirectory(temporary.resolve("home"));
        assertThat(home.network()).isEmpty();
        home.claim().close();
        home.remember(NetworkId.DEV);
        assertThat(home.network()).contains(NetworkId.DEV);
        home.remember(new NetworkId(40_000));
        assertThat(home.network()).contains(new NetworkId(40_000));
    }
}
