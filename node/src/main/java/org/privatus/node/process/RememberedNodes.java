package org.privatus.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privatus.crypto.identity.BadAddressException;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.JoinAddress;
import org.privatus.crypto.identity.NetworkId;

/// Where a node joins again at its next start: lines of `KEY@HOST:PORT`, the latest first, at most [#MAX].
final class RememberedNodes {
    static final int MAX = 64;

    private RememberedNodes() {}

    /// Those of the file that can still be read; none where there is no file.
    static List<JoinAddress> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        var addresses = new ArrayList<JoinAddress>();
        for (String line : lines.subList(0, Math.min(lines.size(), MAX))) {
            parse(line).ifPresent(addresses::add);
        }
        return addresses;
    }

    /// Empty for a damaged line: it costs one of many ways in.
    private static Optional<JoinAddress> parse(String line) {
        try {
            return Optional.of(JoinAddress.parse(line.strip()));
        } catch (BadAddressException e) {
            return Optional.empty();
        }
    }

    /// Replaces the file at once or not at all.
    static void write(Path file, NetworkId network, List<Contact> contacts) throws IOException {
        List<String> lines = contacts.stream()
                .limit(MAX)
                .map(contact -> JoinAddress.of(network, contact).encode())
                .toList();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, lines);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
