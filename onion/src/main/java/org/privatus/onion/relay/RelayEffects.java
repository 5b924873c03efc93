package org.privatus.onion.relay;

import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;

/// What a {@link Relay} asks of its surroundings. An implementation records or sends and never calls back.
public interface RelayEffects {
    /// Open a channel, dialling if there is no link. Answered by `channelReady` or `channelClosed`.
    void openChannel(long channel, Contact to);

    /// Send cells, one after the other in one array, within the channel's credit. The array is the receiver's from now on.
    void sendCells(long channel, byte[] run);

    /// So many cells of those that came on this channel have been sent on, or taken in: as many more may come.
    void consumed(long channel, int cells);

    void closeChannel(long channel);

    /// Run this job and return it through `computed`.
    void compute(Job job);

    /// Look a record up, and answer with `dhtDone`. The node's own store is a fair source here: the asker is unknown.
    void dhtGet(long operation, NodeId target);

    /// Store a record, and answer with `dhtDone`. It is unverified.
    void dhtPut(long operation, byte[] record);
}
