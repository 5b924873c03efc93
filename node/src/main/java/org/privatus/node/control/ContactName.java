package org.privatus.node.control;

import java.util.Optional;
import org.privatus.node.terminal.RemoteText;

/// What may be a name in the address book.
public final class ContactName {
    /// In characters.
    public static final int MAX = 64;

    private ContactName() {}

    /// What is wrong with a name, in one sentence for the user; empty when nothing is.
    public static Optional<String> problem(String name) {
        if (name.isBlank()) {
            return Optional.of("the name is empty: give 1 to " + MAX + " characters");
        }
        if (name.codePointCount(0, name.length()) > MAX) {
            return Optional.of("the name has more than " + MAX + " characters: give a shorter one");
        }
        if (!name.equals(RemoteText.line(name)) || !name.equals(name.strip())) {
            return Optional.of("the name holds control characters, or spaces at an end: give one without");
        }
        return name.startsWith("-")
                ? Optional.of("the name begins with '-', which looks like an option: give another")
                : Optional.empty();
    }
}
