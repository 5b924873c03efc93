package org.privatus.node.store;

import java.util.Arrays;
import java.util.Optional;

/// How we stand to a person.
public enum Standing {
    /// In the address book: texts are shown and acknowledged.
    CONTACT(0),
    /// Wrote without being in the address book: texts are kept, neither shown nor acknowledged until accepted.
    REQUEST(1),
    /// A request that was turned down: dropped in silence, listed nowhere, in time forgotten.
    REJECTED(2),
    /// Dropped in silence.
    BLOCKED(3),
    /// Was taken out of the address book: what was said stays, and what they write next is a request.
    STRANGER(4);

    private final int code;

    Standing(int code) {
        this.code = code;
    }

    /// How it is stored.
    int code() {
        return code;
    }

    static Optional<Standing> of(int code) {
        return Arrays.stream(values()).filter(standing -> standing.code == code).findFirst();
    }

    /// Whether texts are dropped, and the writer not told.
    public boolean isSilenced() {
        return this == REJECTED || this == BLOCKED;
    }
}
