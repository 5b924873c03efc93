package org.privatus.node.messaging.core;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.store.Blob;
import org.privatus.node.store.SessionId;
import org.privatus.node.store.StoredSession;

/// One ratchet session with a person. The ratchet belongs to the job while one is out; everything else here does not.
final class Session {
    final SessionId id;
    final long ordinal;
    final boolean initiatedByUs;
    final DoubleRatchet ratchet;

    /// The introduction's payload, while nothing sealed has come back under a session that we began.
    Blob introduction;

    /// Only what is still on its way is read under it.
    boolean retired;

    /// Whether a store knows it.
    boolean committed;

    /// Whether it can seal: the ratchet's own answer, as of the last job.
    boolean canSeal;

    /// The header keys as of the last job, for telling whose an envelope is.
    List<byte[]> headerKeys;

    Session(SessionId id, long ordinal, boolean initiatedByUs, DoubleRatchet ratchet, Blob introduction) {
        this.id = id;
        this.ordinal = ordinal;
        this.initiatedByUs = initiatedByUs;
        this.ratchet = ratchet;
        this.introduction = introduction;
        this.canSeal = ratchet.canSeal();
        this.headerKeys = ratchet.headerKeys();
    }

    /// Of sessions that were begun by both at once, texts go under the one whose initiator has the lower key; of those of one
    /// initiator, under the latest, since whoever begins another has lost the one before.
    static Comparator<Session> preference(PersonKey self, PersonKey peer) {
        boolean ours = self.compareTo(peer) < 0;
        return Comparator.<Session, Boolean>comparing(session -> session.initiatedByUs != ours)
                .thenComparing(Comparator.<Session>comparingLong(session -> session.ordinal)
                        .reversed());
    }

    boolean isSending() {
        return canSeal && !retired;
    }

    /// After a job.
    void refresh() {
        headerKeys.forEach(key -> Arrays.fill(key, (byte) 0));
        canSeal = ratchet.canSeal();
        headerKeys = ratchet.headerKeys();
    }

    void erase() {
        ratchet.erase();
        headerKeys.forEach(key -> Arrays.fill(key, (byte) 0));
    }

    StoredSession stored(PersonKey person, Blob ratchetState) {
        return new StoredSession(person, id, ordinal, initiatedByUs, retired, introduction, ratchetState);
    }
}
