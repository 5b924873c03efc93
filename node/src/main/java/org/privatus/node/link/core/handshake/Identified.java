package org.privatus.node.link.core.handshake;

import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.identity.PuzzleProof;

/// Who a peer turned out to be: it has the key, and the nonce solves the key's puzzle.
///
/// @param flags of its contact, as it states them
public record Identified(NodeKey key, PuzzleNonce nonce, PuzzleProof proof, int flags) {}
