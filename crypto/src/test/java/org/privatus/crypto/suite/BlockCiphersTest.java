package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockCiphersTest {
    private static final String OPENED = "--add-opens=java.base/com.sun.crypto.provider=ALL-UNNAMED";

    /// What a process of its own prints, and nothing else.
    static final class Name {
        private Name() {}

        public static void main(String[] arguments) {
            new StandardSuite().uiv(new byte[Uiv.KEY_LENGTH]).encrypt(new byte[16], 3, new byte[509], 0);
            System.out.print(BlockCiphers.best());
        }
    }

    @Test
    void the_ghash_of_the_jdk_is_used_where_it_is_open() throws Exception {
        assertThat(bestOfAProcessWith(OPENED)).isEqualTo("POLYVAL by the JDK's GHASH");
    }

    @Test
    void without_the_flag_cells_are_encrypted_in_java() throws Exception {
        assertThat(bestOfAProcessWith("-Dwithout=flag")).isEqualTo("POLYVAL in Java");
    }

    private static String bestOfAProcessWith(String flag) throws IOException, InterruptedException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String classPath = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(
                        List.of(java, "-XX:TieredStopAtLevel=1", flag, "-cp", classPath, Name.class.getName()))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
