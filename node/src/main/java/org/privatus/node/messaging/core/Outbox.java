package org.privatus.node.messaging.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.PendingText;
import org.privatus.node.store.SealedText;
import org.privatus.node.store.SessionId;

/// The texts that one person has not acknowledged, in the order in which they were written.
final class Outbox {
    private final SequencedMap<MessageId, Outgoing> texts = new LinkedHashMap<>();

    void add(Outgoing text) {
        texts.put(text.id, text);
    }

    /// From the store; bytes sealed under a session that is no more are to be sealed anew.
    void restore(PendingText stored, boolean sessionIsKnown) {
        var text = new Outgoing(stored.id(), stored.text(), stored.createdAt(), Outgoing.BEFORE);
        text.stored = true;
        text.sealed = stored.sealed().filter(bytes -> sessionIsKnown).orElse(null);
        add(text);
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    int size() {
        return texts.size();
    }

    boolean contains(Outgoing text) {
        return texts.get(text.id) == text;
    }

    List<Outgoing> all() {
        return List.copyOf(texts.values());
    }

    List<Outgoing> unstored(int limit) {
        return texts.values().stream().filter(text -> !text.stored).limit(limit).toList();
    }

    /// The next to seal, so that no more than `window` are sealed at a time.
    List<Outgoing> unsealed(int window, int limit) {
        long sealed =
                texts.values().stream().filter(text -> text.sealed != null).count();
        return texts.values().stream()
                .filter(text -> text.sealed == null)
                .limit(Math.clamp(window - sealed, 0, limit))
                .toList();
    }

    /// Sealed, committed, and on no open splice.
    List<Outgoing> unsent() {
        return texts.values().stream()
                .filter(text -> text.sealed != null && text.line == null)
                .toList();
    }

    /// The open splice that texts are on their way on.
    Optional<Line> lineInUse() {
        return texts.values().stream()
                .flatMap(text -> Optional.ofNullable(text.line).stream())
                .findFirst();
    }

    boolean waitsOn(Line line) {
        return texts.values().stream().anyMatch(text -> text.line == line);
    }

    void closed(Line line) {
        texts.values().stream().filter(text -> text.line == line).forEach(text -> text.line = null);
    }

    Optional<Outgoing> acknowledged(MessageId id) {
        return Optional.ofNullable(texts.remove(id));
    }

    void sealed(Outgoing text, SealedText as) {
        if (contains(text)) {
            text.sealed = as;
        }
    }

    Optional<Outgoing> find(EnvelopeDigest digest) {
        return texts.values().stream()
                .filter(text -> text.sealed != null && text.sealed.digest().equals(digest))
                .findFirst();
    }

    Stream<Outgoing> under(SessionId session) {
        return texts.values().stream()
                .filter(text -> text.sealed != null && text.sealed.session().equals(session));
    }

    void clear() {
        texts.clear();
    }
}
