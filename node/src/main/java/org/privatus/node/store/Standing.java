package org.privatus.node.store;

/// How we stand to a person.
public enum Standing {
    /// In the address book: texts are shown and acknowledged.
    CONTACT,
    /// Wrote without being in the address book: texts are kept, neither shown nor acknowledged until accepted.
    REQUEST,
    /// A request that was turned down: dropped in silence, listed nowhere, in time forgotten.
    REJECTED,
    /// Dropped in silence.
    BLOCKED;

    /// Whether texts are dropped, and the writer not told.
    public boolean isSilenced() {
        return this == REJECTED || this == BLOCKED;
    }
}
