package org.privatus.nat.traversal;

import org.privatus.crypto.identity.Endpoint;

/// What an observation changed in what a node believes about itself.
public sealed interface EndpointChange {
    /// Nothing.
    record Unchanged() implements EndpointChange {}

    /// The node now knows an endpoint of its own.
    record Learned(Endpoint endpoint) implements EndpointChange {}

    /// The node is elsewhere than it was.
    record Moved(Endpoint from, Endpoint to) implements EndpointChange {}

    /// Nobody confirms the endpoint any more, or each observer sees another.
    record Lost(Endpoint endpoint) implements EndpointChange {}
}
