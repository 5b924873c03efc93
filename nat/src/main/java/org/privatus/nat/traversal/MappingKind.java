package org.privatus.nat.traversal;

/// What observations say about the NAT before a node, if there is one. A guess: only tests with a STUN server of two
/// addresses tell for sure (RFC 5780).
public enum MappingKind {
    /// Too few observations, or they are changing.
    UNKNOWN,
    /// Different observers see the same endpoint.
    STABLE,
    /// They see one address and different ports: a mapping per destination, "symmetric".
    PORT_VARIES,
    /// They see different addresses: several ways out, or somebody lies.
    ADDRESS_VARIES,
}
