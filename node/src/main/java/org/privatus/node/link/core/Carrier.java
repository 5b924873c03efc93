package org.privatus.node.link.core;

/// What channels and requests of ours are entrusted to: a link, or a dial that is to become one.
sealed interface Carrier permits Dial, Link {
    void send(Channel channel, byte[] run, long now);

    void consumed(Channel channel, int cells, long now);

    void close(Channel channel, long now);

    void cancel(long requestId, long now);
}
