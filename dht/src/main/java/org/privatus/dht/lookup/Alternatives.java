package org.privatus.dht.lookup;

import java.util.ArrayList;
import java.util.Optional;
import org.privatus.crypto.identity.Contact;

/// One node at the endpoints that were mentioned for it, in the order in which they are tried. A wrong mention must not hide the right one, nor many
/// fill memory.
final class Alternatives {
    private static final int MOST = 3;

    private final ArrayList<Contact> contacts = new ArrayList<>(MOST);
    private int tried = 1;

    /// @param first the endpoint that is tried already
    Alternatives(Contact first) {
        contacts.add(first);
    }

    /// Tried endpoints count as known: nobody makes the lookup try one twice.
    ///
    /// @return whether it is new, and kept
    boolean add(Contact mention) {
        boolean kept = contacts.size() < MOST && contacts.stream().noneMatch(mention::isAtEndpointOf);
        if (kept) {
            contacts.add(mention);
        }
        return kept;
    }

    /// The next to try.
    Optional<Contact> next() {
        return tried < contacts.size() ? Optional.of(contacts.get(tried++)) : Optional.empty();
    }
}
