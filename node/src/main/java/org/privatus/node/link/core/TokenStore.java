package org.privatus.node.link.core;

import java.util.OptionalLong;
import org.privatus.crypto.identity.Contact;
import org.privatus.node.link.core.handshake.AddressTokens;

/// The address tokens that peers gave us, each for one use: whoever is asked again gives another.
///
/// One place for each peer, chosen by its key and endpoint; who comes later takes it over. The arrays double with the tokens, up to the limit: 16 bytes for
/// each place.
final class TokenStore {
    private static final int FIRST_CAPACITY = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int LIFE_SECONDS = (int) (AddressTokens.SECRET_LIFE_NANOS / NANOS_PER_SECOND);
    private static final int NOBODY = 0;

    private final int limit;
    private long[] tokens = {};
    private int[] peers = {};
    private int[] keptAtSeconds = {};
    private int size;

    /// @param limit of tokens, of which the highest power of two counts; 0 for none
    TokenStore(int limit) {
        this.limit = Integer.highestOneBit(limit);
    }

    int size() {
        return size;
    }

    void keep(Contact peer, long token, long now) {
        if (limit == 0) {
            return;
        }
        if (size >= peers.length && peers.length < limit) {
            grow();
        }
        put(fingerprint(peer), token, seconds(now));
    }

    /// Takes the token of a peer out, if there is one that still counts.
    OptionalLong take(Contact peer, long now) {
        int wanted = fingerprint(peer);
        int slot = slot(wanted);
        if (size == 0 || peers[slot] != wanted) {
            return OptionalLong.empty();
        }
        peers[slot] = NOBODY;
        size--;
        boolean counts = seconds(now) - keptAtSeconds[slot] < LIFE_SECONDS;
        return counts ? OptionalLong.of(tokens[slot]) : OptionalLong.empty();
    }

    private void put(int peer, long token, int keptAt) {
        int slot = slot(peer);
        size += peers[slot] == NOBODY ? 1 : 0;
        peers[slot] = peer;
        tokens[slot] = token;
        keptAtSeconds[slot] = keptAt;
    }

    private void grow() {
        int[] oldPeers = peers;
        long[] oldTokens = tokens;
        int[] oldTimes = keptAtSeconds;
        int capacity = Math.min(limit, Math.max(FIRST_CAPACITY, 2 * oldPeers.length));
        peers = new int[capacity];
        tokens = new long[capacity];
        keptAtSeconds = new int[capacity];
        size = 0;
        for (int i = 0; i < oldPeers.length; i++) {
            if (oldPeers[i] != NOBODY) {
                put(oldPeers[i], oldTokens[i], oldTimes[i]);
            }
        }
    }

    private int slot(int peer) {
        return peer & (peers.length - 1);
    }

    /// Of 32 bits: one token in four billion goes to the wrong peer, which does not know it.
    private static int fingerprint(Contact peer) {
        int mixed = (31 * peer.key().hashCode() + peer.endpoint().hashCode()) * 0x9E37_79B9;
        int found = mixed ^ (mixed >>> 16);
        return found == NOBODY ? 1 : found;
    }

    private static int seconds(long now) {
        return (int) (now / NANOS_PER_SECOND);
    }
}
