package org.privatus.node.link.core;

import java.util.Optional;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.PuzzleNonce;

/// What {@link Links} wants to happen. A sink records or sends; it must not call the core back. Arrays belong to the sink from then on, but for those of
/// {@link #transmit} and {@link #transmitTrain}.
public interface LinkEffects {
    /// Sends the first `length` bytes of an array that nobody may change: the messages of a handshake are said again, the same array, when they are
    /// repeated.
    void transmit(Endpoint to, byte[] datagram, int length);

    /// Sends packets to one place that lie one after the other in `train`: all of `segment` bytes but the last, which may be shorter.
    ///
    /// @param train the links' again when the call returns
    /// @param length of all of them together
    void transmitTrain(Endpoint to, byte[] train, int length, int segment);

    /// Runs the job and returns it through {@link Links#computed}.
    void compute(Job job);

    /// A peer asks.
    ///
    /// @param handle for {@link Links#answer}; an unanswered one is forgotten by and by
    /// @param asker the peer of a finished link, at the endpoint that is proved; empty when a stranger asks, about whom only `from` is known
    void requestArrived(long handle, Optional<Contact> asker, Endpoint from, byte[] body);

    /// The answer to a request of ours.
    ///
    /// @param rttNanos since the request was first sent: more than a round trip if something got lost
    void answerArrived(long requestId, byte[] body, long rttNanos);

    /// There will be no answer: nobody could be reached, or the link is no more.
    void requestFailed(long requestId);

    /// A handshake was finished: the peer has the key, its puzzle was checked, and the endpoint answered.
    ///
    /// @param rttNanos an upper bound of the round trip
    void peerVerified(Contact peer, PuzzleNonce nonce, boolean weDialed, long rttNanos);

    /// There is no link to the peer any more.
    void linkClosed(NodeKey peer);

    /// Where we were seen.
    void endpointObserved(Contact observer, Endpoint observed);

    /// A peer opened a channel; it may be sent on at once.
    ///
    /// @param credit cells that may be sent
    void channelOpened(long channel, Contact peer, int credit);

    /// The channel that we opened may be sent on.
    void channelReady(long channel, int credit);

    /// Cells that arrived, one after the other in one array. The owner says {@link Links#consumed} when it has done with them.
    void channelCells(long channel, byte[] run);

    /// That many more cells may be sent.
    void channelCredit(long channel, int cells);

    /// Not said for channels that we closed.
    void channelClosed(long channel, ChannelEnd reason);
}
