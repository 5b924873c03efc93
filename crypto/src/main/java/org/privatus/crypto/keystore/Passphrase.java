package org.privatus.crypto.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A passphrase, as UTF-8. Not normalised: it is the characters that were typed.
public final class Passphrase {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_BYTES_PER_CHARACTER = 3;

    private final byte[] utf8;

    private Passphrase(byte[] utf8) {
        if (utf8.length == 0 || utf8.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a passphrase has 1 to " + MAX_LENGTH + " bytes");
        }
        this.utf8 = utf8;
    }

    /// Copies; the caller erases `characters`.
    ///
    /// @throws IllegalArgumentException with a message for the user when it is empty or too long
    public static Passphrase of(char[] characters) {
        var encoder = StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
        byte[] buffer = new byte[characters.length * MAX_BYTES_PER_CHARACTER];
        ByteBuffer encoded = ByteBuffer.wrap(buffer);
        encoder.encode(CharBuffer.wrap(characters), encoded, true);
        byte[] utf8 = Arrays.copyOf(buffer, encoded.position());
        Arrays.fill(buffer, (byte) 0);
        return new Passphrase(utf8);
    }

    /// The first line of a file, without its line end.
    ///
    /// @throws IllegalArgumentException with a message for the user when that is empty or too long
    public static Passphrase ofFile(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(MAX_LENGTH + 2);
            int end = 0;
            while (end < head.length && head[end] != '\n' && head[end] != '\r') {
                end++;
            }
            byte[] line = Arrays.copyOf(head, end);
            Arrays.fill(head, (byte) 0);
            return new Passphrase(line);
        }
    }

    /// Not a copy.
    byte[] utf8() {
        return utf8;
    }

    public void erase() {
        Arrays.fill(utf8, (byte) 0);
    }

    @Override
    public String toString() {
        return "Passphrase";
    }
}
