package org.privatus.node.link.core;

/// What a packet carried that matters again when the packet is lost. Requests, answers and the like are not listed: nobody repeats them.
sealed interface SentFrame {
    record Open(Channel channel) implements SentFrame {}

    record Cell(Channel channel, long sequence) implements SentFrame {}

    record Credit(Channel channel) implements SentFrame {}

    record Close(Channel channel) implements SentFrame {}
}
