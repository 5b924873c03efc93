package org.privatus.node.link.core;

/// Whether what travels on a link stays closed to somebody who records it and has a quantum computer later.
public enum Secrecy {
    /// It does not: only X25519 is in the keys.
    CLASSICAL,
    /// Not yet: ML-KEM keys are being exchanged, or what follows from them is not in both directions' keys.
    EXCHANGING,
    /// It does, both ways, from now on.
    POST_QUANTUM,
}
