package org.privatus.simulation.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.Committed;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.PendingText;
import org.privatus.node.store.ReceivedMark;
import org.privatus.node.store.SealedText;
import org.privatus.node.store.SessionId;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoreChange;
import org.privatus.node.store.StoreTransaction;
import org.privatus.node.store.StoredMessage;
import org.privatus.node.store.StoredPerson;
import org.privatus.node.store.StoredSession;
import org.privatus.node.store.StoredState;

/// The disk of one simulated node: what has been synced. It outlives the {@link JournalStore}s over it.
public final class Journal {
    private static final Comparator<StoredPerson> BY_PRESENCE = Comparator.<StoredPerson, Boolean>comparing(
                    StoredPerson::online)
            .thenComparingLong(StoredPerson::lastSeen)
            .reversed();

    private final SequencedMap<PersonKey, Person> persons = new LinkedHashMap<>();
    private final TreeMap<Long, Text> inbox = new TreeMap<>();
    private long lastShown;
    private long lastRow;

    /// What is kept of one person.
    private static final class Person {
        StoredPerson stored;
        final Map<SessionId, StoredSession> sessions = new LinkedHashMap<>();
        final SequencedMap<MessageId, Text> incoming = new LinkedHashMap<>();
        final SequencedMap<MessageId, Text> outgoing = new LinkedHashMap<>();
        final ArrayDeque<Attempt> attempts = new ArrayDeque<>();

        Person(StoredPerson stored) {
            this.stored = stored;
        }

        Map<MessageId, Text> texts(boolean ours) {
            return ours ? outgoing : incoming;
        }
    }

    /// One text; `shown` is 0 for what is not in the inbox.
    private static final class Text {
        final long row;
        final PersonKey person;
        final MessageId id;
        final boolean outgoing;
        final long time;
        final long sentAt;
        String content;
        long shown;
        long acknowledgedAt;
        boolean deleted;
        Optional<SealedText> sealed = Optional.empty();
        Optional<EnvelopeDigest> digest = Optional.empty();

        Text(long row, PersonKey person, MessageId id, boolean outgoing, long time, long sentAt, String content) {
            this.row = row;
            this.person = person;
            this.id = id;
            this.outgoing = outgoing;
            this.time = time;
            this.sentAt = sentAt;
            this.content = content;
        }

        boolean isPending() {
            return outgoing && acknowledgedAt == 0 && !deleted;
        }

        boolean isHeld() {
            return !outgoing && shown == 0 && !deleted;
        }

        StoredMessage message() {
            return new StoredMessage(shown, person, id, outgoing, time, sentAt, acknowledgedAt, content);
        }
    }

    void opened() {
        persons.values().forEach(person -> person.stored = person.stored.online(false));
    }

    Committed apply(StoreTransaction transaction) {
        var appeared = new ArrayList<StoredMessage>();
        transaction.changes().forEach(change -> apply(change, appeared));
        return new Committed(appeared);
    }

    private void apply(StoreChange change, List<StoredMessage> appeared) {
        switch (change) {
            case StoreChange.PutPerson put -> putPerson(put.person());
            case StoreChange.RemovePerson remove -> removePerson(remove.person());
            case StoreChange.DropHeld drop ->
                person(drop.person())
                        .ifPresent(person -> person.incoming.values().removeIf(text -> text.shown == 0));
            case StoreChange.RevealHeld reveal ->
                person(reveal.person())
                        .ifPresent(person -> person.incoming.values().stream()
                                .filter(Text::isHeld)
                                .forEach(text -> appeared.add(show(text))));
            case StoreChange.PutSession put ->
                person(put.session().person())
                        .ifPresent(person -> person.sessions.put(put.session().id(), put.session()));
            case StoreChange.RemoveSession remove ->
                person(remove.person()).ifPresent(person -> person.sessions.remove(remove.session()));
            case StoreChange.ForgetSessions forget -> persons.values().forEach(Journal::forgetSessions);
            case StoreChange.AddIncoming add ->
                person(add.from()).ifPresent(person -> addIncoming(person, add, appeared));
            case StoreChange.AddOutgoing add ->
                person(add.text().to()).ifPresent(person -> addOutgoing(person, add.text()));
            case StoreChange.Seal seal ->
                pending(seal.to(), seal.id()).ifPresent(text -> text.sealed = Optional.of(seal.sealed()));
            case StoreChange.Unseal unseal ->
                pending(unseal.to(), unseal.id()).ifPresent(text -> text.sealed = Optional.empty());
            case StoreChange.Acknowledge acknowledge ->
                pending(acknowledge.to(), acknowledge.id()).ifPresent(text -> {
                    text.acknowledgedAt = acknowledge.epochMillis();
                    text.sealed = Optional.empty();
                });
            case StoreChange.DeleteMessage delete -> delete(delete);
            case StoreChange.AddAttempt add -> person(add.person()).ifPresent(person -> addAttempt(person, add));
        }
    }

    private void putPerson(StoredPerson stored) {
        persons.computeIfAbsent(stored.key(), key -> new Person(stored)).stored = stored;
    }

    private void removePerson(PersonKey key) {
        persons.remove(key);
        inbox.values().removeIf(text -> text.person.equals(key));
    }

    private static void forgetSessions(Person person) {
        person.sessions.clear();
        person.outgoing.values().forEach(text -> text.sealed = Optional.empty());
        person.incoming.values().forEach(text -> text.digest = Optional.empty());
    }

    private void addIncoming(Person person, StoreChange.AddIncoming add, List<StoredMessage> appeared) {
        Text known = person.incoming.get(add.id());
        if (known != null) {
            known.digest = Optional.of(add.digest());
            return;
        }
        var text = new Text(++lastRow, add.from(), add.id(), false, add.receivedAt(), add.sentAt(), add.text());
        text.digest = Optional.of(add.digest());
        person.incoming.put(add.id(), text);
        if (!add.held()) {
            appeared.add(show(text));
        }
    }

    private StoredMessage show(Text text) {
        text.shown = ++lastShown;
        inbox.put(text.shown, text);
        return text.message();
    }

    private void addOutgoing(Person person, PendingText pending) {
        person.outgoing.computeIfAbsent(pending.id(), id -> {
            var text = new Text(
                    ++lastRow, pending.to(), id, true, pending.createdAt(), pending.createdAt(), pending.text());
            text.sealed = pending.sealed();
            return text;
        });
    }

    private void delete(StoreChange.DeleteMessage delete) {
        person(delete.person())
                .map(person -> person.texts(delete.outgoing()).get(delete.id()))
                .ifPresent(text -> {
                    text.deleted = true;
                    text.content = "";
                    text.sealed = Optional.empty();
                    inbox.remove(text.shown);
                });
    }

    private static void addAttempt(Person person, StoreChange.AddAttempt add) {
        person.attempts.addFirst(add.attempt());
        while (person.attempts.size() > add.keep()) {
            person.attempts.removeLast();
        }
    }

    private Optional<Person> person(PersonKey key) {
        return Optional.ofNullable(persons.get(key));
    }

    private Optional<Text> pending(PersonKey to, MessageId id) {
        return person(to).map(person -> person.outgoing.get(id)).filter(Text::isPending);
    }

    StoredState state(int marksPerPerson) {
        var received = new ArrayList<ReceivedMark>();
        var held = new ArrayList<ReceivedMark>();
        for (Person person : persons.values()) {
            List<ReceivedMark> marks = marks(person, text -> !text.deleted);
            received.addAll(marks.subList(Math.max(0, marks.size() - marksPerPerson), marks.size()));
            if (person.stored.standing() == Standing.REQUEST) {
                held.addAll(marks(person, Text::isHeld));
            }
        }
        return new StoredState(
                persons.values().stream().map(person -> person.stored).toList(),
                persons.values().stream()
                        .flatMap(person -> person.sessions.values().stream())
                        .sorted(Comparator.comparingLong(StoredSession::ordinal))
                        .toList(),
                pending()
                        .map(text -> new PendingText(text.person, text.id, text.time, text.content, text.sealed))
                        .toList(),
                received,
                held);
    }

    /// By time, as the database orders them.
    private static List<ReceivedMark> marks(Person person, Predicate<Text> which) {
        return person.incoming.values().stream()
                .filter(which)
                .sorted(Comparator.comparingLong(text -> text.time))
                .flatMap(text -> text.digest.map(digest -> new ReceivedMark(text.person, digest, text.id)).stream())
                .toList();
    }

    private Stream<Text> pending() {
        return persons.values().stream()
                .flatMap(person -> person.outgoing.values().stream())
                .filter(Text::isPending)
                .sorted(Comparator.comparingLong(text -> text.row));
    }

    List<StoredMessage> inbox(long after, int limit) {
        return inbox.tailMap(after, false).values().stream()
                .limit(limit)
                .map(Text::message)
                .toList();
    }

    List<StoredMessage> latest(int limit) {
        return inbox.descendingMap().values().stream()
                .limit(limit)
                .map(Text::message)
                .toList()
                .reversed();
    }

    List<StoredMessage> held(int limit) {
        return persons.values().stream()
                .flatMap(person -> person.incoming.values().stream())
                .filter(Text::isHeld)
                .sorted(Comparator.comparingLong(text -> text.row))
                .limit(limit)
                .map(Text::message)
                .toList();
    }

    List<StoredMessage> outbox(int limit) {
        return pending().limit(limit).map(Text::message).toList();
    }

    List<StoredMessage> history(PersonKey with, long before, int limit) {
        return person(with).stream()
                .flatMap(person -> Stream.concat(person.incoming.values().stream(), person.outgoing.values().stream()))
                .filter(text -> text.time < before && !text.deleted && (text.outgoing || text.shown > 0))
                .sorted(Comparator.<Text>comparingLong(text -> text.time).reversed())
                .limit(limit)
                .map(Text::message)
                .toList();
    }

    List<StoredPerson> contacts() {
        return persons.values().stream()
                .map(person -> person.stored)
                .filter(person -> person.standing() == Standing.CONTACT)
                .sorted(BY_PRESENCE)
                .toList();
    }

    List<Attempt> attempts(PersonKey key, int limit) {
        return person(key).stream()
                .flatMap(person -> person.attempts.stream())
                .limit(limit)
                .toList();
    }
}
