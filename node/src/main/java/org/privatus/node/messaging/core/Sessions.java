package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.store.SessionId;

/// The ratchet sessions with one person. All of them read; texts go under the one that both sides prefer.
final class Sessions {
    private static final int MAX = 4;

    private final Comparator<Session> preference;
    private final List<Session> sessions = new ArrayList<>();
    private @Nullable Session lastOpened;

    Sessions(PersonKey self, PersonKey peer) {
        this.preference = Session.preference(self, peer);
    }

    void add(Session session) {
        sessions.add(session);
    }

    List<Session> all() {
        return List.copyOf(sessions);
    }

    boolean isEmpty() {
        return sessions.isEmpty();
    }

    boolean contains(SessionId id) {
        return find(id).isPresent();
    }

    Optional<Session> find(SessionId id) {
        return sessions.stream().filter(session -> session.id.equals(id)).findFirst();
    }

    Optional<Session> forTexts() {
        return sessions.stream().filter(Session::isSending).min(preference);
    }

    /// The one that the other side certainly has, where there is one.
    Optional<Session> forAnswers() {
        return Optional.ofNullable(lastOpened)
                .filter(session -> session.canSeal && sessions.contains(session))
                .or(this::forTexts);
    }

    void opened(Session session) {
        lastOpened = session;
    }

    /// Where there are too many, one that matters least, which is no longer among them. Never called while a job has them.
    Optional<Session> surplus() {
        if (sessions.size() <= MAX) {
            return Optional.empty();
        }
        Optional<Session> preferred = forTexts();
        Optional<Session> least = sessions.stream()
                .filter(session -> preferred.filter(best -> best == session).isEmpty())
                .min(Comparator.<Session, Boolean>comparing(session -> !session.retired)
                        .thenComparing(session -> session.committed)
                        .thenComparingLong(session -> session.ordinal));
        least.ifPresent(this::remove);
        return least;
    }

    void remove(Session session) {
        sessions.remove(session);
    }

    void eraseAll() {
        sessions.forEach(Session::erase);
        sessions.clear();
    }
}
