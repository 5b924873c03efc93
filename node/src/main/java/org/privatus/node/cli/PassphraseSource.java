package org.privatus.node.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;

/// Where the passphrase of the keys comes from: a file that only its owner can read, or the person at the keyboard.
final class PassphraseSource implements NodeRunner.PassphraseInput {
    private static final int MAX_BYTES = 4_096;
    private static final int ATTEMPTS = 3;

    private final Terminal terminal;
    private final Optional<Path> file;
    private final boolean optionalWhenFresh;

    /// @param optionalWhenFresh nobody is asked when keys are made: a network for laboratories
    PassphraseSource(Terminal terminal, Optional<Path> file, boolean optionalWhenFresh) {
        this.terminal = terminal;
        this.file = file;
        this.optionalWhenFresh = optionalWhenFresh;
    }

    @Override
    public Optional<char[]> get(boolean fresh) {
        if (file.isPresent()) {
            return Optional.of(read(file.get()));
        }
        if (fresh) {
            return optionalWhenFresh ? Optional.empty() : chosen();
        }
        return terminal.passphrases().ask("Passphrase");
    }

    private Optional<char[]> chosen() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<char[]> first = terminal.passphrases().ask("New passphrase for your keys (nobody can recover it)");
            if (first.isEmpty()) {
                return first;
            }
            Optional<char[]> second = terminal.passphrases().ask("Again");
            boolean same = second.isPresent() && Arrays.equals(first.get(), second.get());
            second.ifPresent(characters -> Arrays.fill(characters, '\0'));
            if (same && first.get().length > 0) {
                return first;
            }
            Arrays.fill(first.get(), '\0');
            terminal.err().println(same ? "It is empty." : "They differ.");
        }
        throw UserError.usage("no passphrase was chosen: start again when you have one");
    }

    /// The first line.
    private static char[] read(Path file) {
        byte[] bytes = {};
        try {
            checkOwnersAlone(file);
            try (var in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES);
            }
            int end = 0;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
            char[] passphrase = new char[characters.length()];
            characters.get(passphrase);
            Arrays.fill(characters.array(), '\0');
            if (passphrase.length == 0) {
                throw UserError.usage("the first line of the passphrase file " + file + " is empty: write it there");
            }
            return passphrase;
        } catch (CharacterCodingException e) {
            throw UserError.usage("the passphrase file " + file + " is not text in UTF-8: write it again");
        } catch (IOException e) {
            throw UserError.usage("cannot read the passphrase file " + file + ": give one that exists and is yours");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void checkOwnersAlone(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        boolean open =
                permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER"));
        if (open) {
            throw UserError.usage("others may read the passphrase file " + file + ": run chmod 600 " + file);
        }
    }
}
