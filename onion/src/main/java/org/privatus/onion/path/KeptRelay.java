package org.privatus.onion.path;

import org.privatus.crypto.identity.NodeDescriptor;

/// A relay, and what was measured of it, as both are kept over restarts.
public record KeptRelay(NodeDescriptor descriptor, KeptMeasure measure) {}
