package org.privatus.node.messaging.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.messaging.core.CommandResult.Refusal;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoreChange;
import org.privatus.node.store.StoredPerson;

/// Everybody we know of, and what our user does with them.
final class AddressBook {
    private static final int MAX_NAME_LENGTH = 64;

    private final Conversations owner;
    private final Surroundings around;
    private final SequencedMap<PersonKey, Conversation> conversations = new LinkedHashMap<>();

    AddressBook(Conversations owner, Surroundings around) {
        this.owner = owner;
        this.around = around;
    }

    void put(Conversation conversation) {
        conversations.put(conversation.key(), conversation);
    }

    List<Conversation> all() {
        return List.copyOf(conversations.values());
    }

    Optional<Conversation> find(PersonKey person) {
        return Optional.ofNullable(conversations.get(person));
    }

    Optional<Conversation> find(String name) {
        return conversations.values().stream()
                .filter(conversation ->
                        isListed(conversation) && conversation.person().name().equals(name))
                .findFirst();
    }

    private static boolean isListed(Conversation conversation) {
        return conversation.standing() == Standing.CONTACT || conversation.standing() == Standing.BLOCKED;
    }

    int count(Standing standing) {
        return (int) conversations.values().stream()
                .filter(conversation -> conversation.isStored() && conversation.standing() == standing)
                .count();
    }

    /// Whoever proved to be at this address; a stranger is not stored before the first text.
    Conversation meet(PersonAddress address, Moment now) {
        Conversation known = conversations.get(address.key());
        if (known != null) {
            known.moved(address);
            return known;
        }
        var stranger = new StoredPerson(address, "", Standing.STRANGER, false, false, now.epochMillis(), 0);
        var conversation = new Conversation(owner, around, stranger, false, now.nanos());
        put(conversation);
        return conversation;
    }

    /// Forgets a stranger who came to nothing.
    void tidy(Conversation conversation) {
        if (!conversation.isStored()
                && !conversation.hasLines()
                && conversation.sessions().isEmpty()) {
            conversations.remove(conversation.key(), conversation);
            conversation.vanish();
        }
    }

    CommandResult add(String name, PersonAddress address, Moment now) {
        Optional<Refusal> refusal = refuseName(name).or(() -> refuseAddress(address));
        if (refusal.isPresent()) {
            return new CommandResult.Refused(refusal.get());
        }
        Conversation conversation = meet(address, now);
        if (conversation.isStored() && conversation.standing() == Standing.CONTACT) {
            return new CommandResult.Refused(Refusal.ALREADY_CONTACT);
        }
        return accept(conversation, name, now);
    }

    CommandResult accept(PersonKey person, String name, Moment now) {
        Optional<Conversation> request = find(person, Standing.REQUEST);
        Optional<Refusal> refusal = refuseName(name).or(this::refuseMore);
        if (request.isEmpty()) {
            return new CommandResult.Refused(Refusal.UNKNOWN_PERSON);
        }
        return refusal.<CommandResult>map(CommandResult.Refused::new).orElseGet(() -> accept(request.get(), name, now));
    }

    private CommandResult accept(Conversation conversation, String name, Moment now) {
        StoredPerson contact = conversation.person().named(name).standing(Standing.CONTACT);
        long ticket = commit(conversation.accept(contact, now));
        conversation.proceed(now);
        return new CommandResult.Accepted(ticket);
    }

    CommandResult rename(PersonKey person, String name) {
        Optional<Conversation> known = find(person, Standing.CONTACT, Standing.BLOCKED);
        if (known.isEmpty()) {
            return new CommandResult.Refused(Refusal.UNKNOWN_PERSON);
        }
        Optional<Refusal> refusal = refuseName(name);
        if (refusal.isPresent()) {
            return new CommandResult.Refused(refusal.get());
        }
        Conversation conversation = known.get();
        return new CommandResult.Accepted(
                commit(List.of(conversation.who().become(conversation.person().named(name)))));
    }

    CommandResult remove(PersonKey person, long now) {
        Optional<Conversation> known = find(person, Standing.CONTACT, Standing.BLOCKED);
        if (known.isEmpty()) {
            return new CommandResult.Refused(Refusal.UNKNOWN_PERSON);
        }
        StoredPerson stranger = known.get().person().standing(Standing.STRANGER);
        long ticket = commit(known.get().leave(stranger));
        put(new Conversation(owner, around, stranger.online(false), true, now));
        return new CommandResult.Accepted(ticket);
    }

    CommandResult block(PersonKey person) {
        return silence(find(person, Standing.CONTACT, Standing.REQUEST), Standing.BLOCKED);
    }

    CommandResult reject(PersonKey person) {
        return silence(find(person, Standing.REQUEST), Standing.REJECTED);
    }

    private CommandResult silence(Optional<Conversation> known, Standing standing) {
        if (known.isEmpty()) {
            return new CommandResult.Refused(Refusal.UNKNOWN_PERSON);
        }
        Conversation conversation = known.get();
        var changes = new ArrayList<>(conversation.silence(conversation.person().standing(standing)));
        forgetOldestRejected(changes);
        return new CommandResult.Accepted(commit(changes));
    }

    private void forgetOldestRejected(List<StoreChange> changes) {
        if (count(Standing.REJECTED) > around.settings().maxRejected()) {
            conversations.values().stream()
                    .filter(conversation -> conversation.standing() == Standing.REJECTED)
                    .findFirst()
                    .ifPresent(oldest -> {
                        changes.add(new StoreChange.RemovePerson(oldest.key()));
                        conversations.remove(oldest.key());
                        oldest.vanish();
                    });
        }
    }

    SendResult send(PersonKey to, String text, Moment now) {
        Optional<Conversation> known = find(to, Standing.CONTACT, Standing.BLOCKED);
        if (known.isEmpty()) {
            return new SendResult.Refused(Refusal.UNKNOWN_PERSON);
        }
        if (known.get().standing() == Standing.BLOCKED) {
            return new SendResult.Refused(Refusal.BLOCKED);
        }
        if (text.isEmpty()) {
            return new SendResult.Refused(Refusal.EMPTY_TEXT);
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > around.settings().maxTextBytes()) {
            return new SendResult.Refused(Refusal.TEXT_TOO_LONG);
        }
        if (known.get().who().outbox.size() >= around.settings().maxPendingPerContact()) {
            return new SendResult.Refused(Refusal.QUEUE_FULL);
        }
        MessageId id = known.get().send(text, now);
        return new SendResult.Accepted(id);
    }

    private long commit(List<StoreChange> changes) {
        return owner.commit(changes, (ticket, committed, now) -> {
            committed.appeared().forEach(around.effects()::received);
            around.effects().commandDone(ticket);
        });
    }

    private Optional<Conversation> find(PersonKey person, Standing... standings) {
        List<Standing> wanted = List.of(standings);
        return find(person).filter(conversation -> conversation.isStored() && wanted.contains(conversation.standing()));
    }

    private Optional<Refusal> refuseName(String name) {
        boolean printable = name.codePoints().allMatch(AddressBook::isPrintable);
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH || !name.equals(name.strip()) || !printable) {
            return Optional.of(Refusal.BAD_NAME);
        }
        return find(name).map(taken -> Refusal.NAME_TAKEN);
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private Optional<Refusal> refuseAddress(PersonAddress address) {
        if (!address.network().equals(around.network())) {
            return Optional.of(Refusal.OTHER_NETWORK);
        }
        if (address.key().equals(around.key())) {
            return Optional.of(Refusal.OWN_ADDRESS);
        }
        return refuseMore();
    }

    private Optional<Refusal> refuseMore() {
        return count(Standing.CONTACT) < around.settings().maxContacts()
                ? Optional.empty()
                : Optional.of(Refusal.TOO_MANY_CONTACTS);
    }
}
