package org.privatus.node.link.core.recovery;

/// A packet on its way.
///
/// @param <C> what the link wants to have back
final class SentPacket<C> {
    final long number;
    final long sentNanos;
    final int bytes;
    final C contents;

    /// Acknowledged packets stay in the ring until the ones before them are settled: they separate runs of losses.
    boolean acknowledged;

    /// Its contents went into a probe: they are not handed back again.
    boolean handedBack;

    SentPacket(long number, long sentNanos, int bytes, C contents) {
        this.number = number;
        this.sentNanos = sentNanos;
        this.bytes = bytes;
        this.contents = contents;
    }
}
