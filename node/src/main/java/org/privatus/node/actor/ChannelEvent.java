package org.privatus.node.actor;

import org.privatus.crypto.identity.Contact;

/// What happens on a channel, told by the [LinkManager] to the owner of the channel.
@SuppressWarnings("ArrayRecordComponent") // messages hand arrays over: no copy is made and none is compared
public sealed interface ChannelEvent extends CircuitManager.Command, RelayActor.Command, DirectActor.Command {
    long channel();

    /// A peer opened a channel to us.
    ///
    /// @param credit cells that may be sent
    record ChannelOpened(long channel, Contact peer, int credit) implements ChannelEvent {}

    /// The channel that we asked for is open.
    ///
    /// @param credit cells that may be sent
    record ChannelReady(long channel, int credit) implements ChannelEvent {}

    /// Cells arrived, one after the other in one array, which is the receiver's: it says [LinkManager.Consumed] when it has
    /// done with them.
    record CellsArrived(long channel, byte[] run) implements ChannelEvent {}

    /// So many more cells may be sent.
    record ChannelCredit(long channel, int cells) implements ChannelEvent {}

    /// The channel is gone, or never came to be.
    record ChannelClosed(long channel) implements ChannelEvent {}
}
