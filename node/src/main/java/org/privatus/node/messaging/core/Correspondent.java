package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.PendingText;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoreChange;
import org.privatus.node.store.StoredPerson;

/// What we have of one person: how we stand to them, sessions, texts on their way, and which of theirs have come.
final class Correspondent {
    private static final int MAX_ACKNOWLEDGEMENTS_DUE = 64;
    private static final long SEEN_GRANULARITY_MILLIS = 60_000;

    final Sessions sessions;
    final Outbox outbox = new Outbox();

    private final MessagingSettings settings;
    private StoredPerson person;
    private boolean stored;
    private boolean presenceDue;

    /// Envelopes that were received and committed, oldest first.
    private final SequencedMap<EnvelopeDigest, MessageId> marks = new LinkedHashMap<>();

    /// Texts that wait until their writer is accepted.
    private final SequencedSet<MessageId> held = new LinkedHashSet<>();

    private final SequencedSet<MessageId> acknowledgementsDue = new LinkedHashSet<>();

    Correspondent(Surroundings around, StoredPerson person, boolean stored) {
        this.settings = around.settings();
        this.sessions = new Sessions(around.key(), person.key());
        this.person = person;
        this.stored = stored;
    }

    PersonKey key() {
        return person.key();
    }

    StoredPerson person() {
        return person;
    }

    Standing standing() {
        return person.standing();
    }

    boolean isContact() {
        return standing() == Standing.CONTACT;
    }

    /// Whether a store knows the person.
    boolean isStored() {
        return stored;
    }

    int heldTexts() {
        return held.size();
    }

    // From the store.

    void restore(Session session) {
        session.committed = true;
        sessions.add(session);
    }

    void restore(PendingText text) {
        boolean known =
                text.sealed().map(bytes -> sessions.contains(bytes.session())).orElse(false);
        outbox.restore(text, known);
    }

    void restoreHeld(MessageId id) {
        held.add(id);
    }

    // Standing.

    /// The person is so from now on; the change belongs into the transaction that is made now.
    StoreChange become(StoredPerson changed) {
        person = changed;
        stored = true;
        presenceDue = false;
        return new StoreChange.PutPerson(person);
    }

    /// The person is a contact from now on: what was held is shown, and acknowledged.
    List<StoreChange> accept(StoredPerson accepted) {
        acknowledgementsDue.addAll(held);
        held.clear();
        return List.of(become(accepted), new StoreChange.RevealHeld(key()));
    }

    /// Nothing of this person is heard any more, and nothing is sent. Sessions stay, so that silence is all they notice.
    List<StoreChange> silence(StoredPerson silenced) {
        var changes = new ArrayList<StoreChange>();
        changes.add(become(silenced));
        changes.add(new StoreChange.DropHeld(key()));
        outbox.all().forEach(text -> changes.add(new StoreChange.DeleteMessage(key(), text.id, true)));
        outbox.clear();
        marks.values().removeIf(held::contains);
        held.clear();
        acknowledgementsDue.clear();
        return changes;
    }

    // Presence.

    void online(boolean now) {
        if (person.online() != now) {
            person = person.online(now);
            presenceDue |= stored && !now;
        }
    }

    /// Something of theirs arrived.
    void seen(Moment now) {
        if (now.epochMillis() - person.lastSeen() > SEEN_GRANULARITY_MILLIS) {
            person = person.seen(now.epochMillis());
            presenceDue = stored;
        }
    }

    void moved(PersonAddress address) {
        if (!address.equals(person.address())) {
            person = person.at(address);
            presenceDue = stored;
        }
    }

    /// The person as they are now, if a store does not know it yet. Asked when the transaction is made, so that nothing older
    /// overwrites what was decided meanwhile.
    Optional<StoreChange> presence() {
        if (!presenceDue) {
            return Optional.empty();
        }
        presenceDue = false;
        return Optional.of(new StoreChange.PutPerson(person));
    }

    boolean isPresenceDue() {
        return presenceDue;
    }

    // What has come.

    void mark(EnvelopeDigest digest, MessageId id) {
        marks.put(digest, id);
        if (marks.size() > settings.marksKept()) {
            marks.pollFirstEntry();
        }
    }

    /// Whether there is room to hold this text of a stranger. What is not held stays with its writer, who tries again.
    boolean hold(MessageId id) {
        return held.contains(id) || (held.size() < settings.maxHeldPerRequest() && held.add(id));
    }

    /// Whether this is a repetition of something that was received, which can be acknowledged again.
    boolean recognises(EnvelopeDigest digest) {
        return marks.containsKey(digest) && sessions.forAnswers().isPresent();
    }

    /// As {@link #recognises}; a repetition is acknowledged again, if its first was.
    boolean acknowledgesAgain(EnvelopeDigest digest) {
        if (!recognises(digest)) {
            return false;
        }
        MessageId known = marks.get(digest);
        if (known != null && isContact() && acknowledgementsDue.size() < MAX_ACKNOWLEDGEMENTS_DUE) {
            acknowledgementsDue.add(known);
        }
        return true;
    }

    boolean owesAcknowledgements() {
        return !acknowledgementsDue.isEmpty();
    }

    SequencedSet<MessageId> takeAcknowledgements() {
        var taken = new LinkedHashSet<>(acknowledgementsDue);
        acknowledgementsDue.clear();
        return taken;
    }

    /// They are repeated if they matter: whoever waits for one sends again.
    void dropAcknowledgements() {
        acknowledgementsDue.clear();
    }
}
