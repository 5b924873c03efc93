package org.privatus.node.link.core.packet;

import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.node.link.core.recovery.AckRanges;

/// Is told of the frames of a packet, in order. A method that is not overridden ignores its frame. Buffers are the reader's: what is to be kept
/// has to be copied.
public interface FrameHandler {
    default void onPing() {}

    /// The peer has these packets.
    ///
    /// @param ranges reused by the reader, valid during the call
    default void onAck(AckRanges ranges, long delayNanos) {}

    default void onRequest(long id, byte[] buffer, int offset, int length) {}

    default void onAnswer(long id, byte[] buffer, int offset, int length) {}

    default void onChannelOpen(long channel) {}

    /// `count` times 512 bytes from `offset` on; there is at least one.
    default void onCells(long channel, long first, int count, byte[] buffer, int offset) {}

    default void onCredit(long channel, long limit) {}

    default void onChannelClose(long channel, int reason, long cellsSent) {}

    default void onObservedEndpoint(Endpoint observed) {}

    default void onPathChallenge(long data) {}

    default void onPathResponse(long data) {}

    default void onLinkClose(int reason) {}

    default void onIdentity(PuzzleNonce nonce, int flags) {}

    default void onAddressToken(long token) {}

    default void onVersions(Versions spoken) {}

    /// An array of its own.
    default void onKemKey(int number, byte[] key) {}

    /// An array of its own.
    default void onKemCiphertext(int number, byte[] ciphertext) {}

    /// A frame of a type that this version does not know.
    default void onUnknown(int type) {}
}
