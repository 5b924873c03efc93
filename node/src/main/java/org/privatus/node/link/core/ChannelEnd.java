package org.privatus.node.link.core;

/// Why a channel is no more.
public enum ChannelEnd {
    /// The peer closed it; all cells it had sent were delivered.
    CLOSED_BY_PEER,
    /// The peer has too many.
    REFUSED,
    /// We have too many.
    LIMIT,
    /// There is no link to the peer and none could be made.
    UNREACHABLE,
    /// The peer acknowledges nothing any more.
    LINK_DIED,
    /// The peer closed the link.
    LINK_CLOSED,
    /// The peer had lost the link and made a new one.
    LINK_REPLACED,
}
