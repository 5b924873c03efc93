/// Loss detection and congestion control of a link after RFC 9002, and the acknowledgements that feed it. Read {@link
/// org.privatus.node.link.core.recovery.LossRecovery} first. Nothing here knows what frames mean: they are told by kind, subject and numbers, and are
/// told back when they arrived or got lost.
///
/// Differences from RFC 9002: one packet number space; no anti-amplification state (a link exists only after a round trip); only packets that ask
/// for an acknowledgement are tracked, so only those yield round-trip samples.
@NullMarked
package org.privatus.node.link.core.recovery;

import org.jspecify.annotations.NullMarked;
