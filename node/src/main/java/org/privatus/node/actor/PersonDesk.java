package org.privatus.node.actor;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.privatus.crypto.identity.BadAddressException;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.control.AttemptView;
import org.privatus.node.control.ContactView;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlReply.Failed;
import org.privatus.node.control.ControlReply.Failed.Kind;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.node.control.RequestView;
import org.privatus.node.messaging.core.CommandResult;
import org.privatus.node.messaging.core.Conversations;
import org.privatus.node.messaging.core.SendResult;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.AttemptStep;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoreReply;
import org.privatus.node.store.StoredMessage;
import org.privatus.node.store.StoredPerson;
import org.privatus.onion.splice.SplicePath;

/// Answers what a person asks of their conversations, at once or when it is done. Belongs to the [Messenger].
final class PersonDesk {
    private static final int LIST_MAX = 1_000;
    private static final int ATTEMPTS_SHOWN = 10;
    private static final int REQUEST_ID_CHARACTERS = 8;

    private final Conversations conversations;
    private final NetworkId network;
    private final ActorRef<StoreActor.Command> store;
    private final ActorRef<Messenger.Command> messenger;
    private final Map<MessageId, Sending> sendings = new LinkedHashMap<>();
    private final Map<Long, Ordered> orders = new LinkedHashMap<>();

    private record Sending(ActorRef<ControlReply> replyTo, long sinceNanos) {}

    private record Ordered(ActorRef<ControlReply> replyTo, String done) {}

    PersonDesk(
            Conversations conversations,
            NetworkId network,
            ActorRef<StoreActor.Command> store,
            ActorRef<Messenger.Command> messenger) {
        this.conversations = conversations;
        this.network = network;
        this.store = store;
        this.messenger = messenger;
    }

    void take(ControlRequest request, ActorRef<ControlReply> replyTo, long now, long date) {
        switch (request) {
            case ControlRequest.AddContact(var name, var address) -> add(name, address, replyTo, now, date);
            case ControlRequest.Contacts contacts -> replyTo.tell(new ControlReply.Contacts(contacts()));
            case ControlRequest.Rename(var name, var newName) ->
                withPerson(
                        name,
                        replyTo,
                        person -> order(
                                conversations.rename(person, newName), name + " is now " + newName + ".", replyTo));
            case ControlRequest.Remove(var name) ->
                withPerson(
                        name,
                        replyTo,
                        person -> order(
                                conversations.remove(person, now),
                                name + " is no longer in your address book.",
                                replyTo));
            case ControlRequest.Block(var name) ->
                withPerson(
                        name,
                        replyTo,
                        person -> order(
                                conversations.block(person),
                                name + " is blocked: nothing of theirs is heard any more.",
                                replyTo));
            case ControlRequest.Inbox(var after, var limit) -> inbox(after, bounded(limit), replyTo);
            case ControlRequest.Outbox(var limit) ->
                store.tell(new StoreActor.Outbox<>(
                        bounded(limit), reply -> new Messenger.Listed(reply, replyTo), messenger));
            case ControlRequest.Requests requests ->
                store.tell(
                        new StoreActor.Held<>(LIST_MAX, reply -> new Messenger.HeldListed(reply, replyTo), messenger));
            case ControlRequest.Accept(var id, var name) ->
                withRequest(
                        id,
                        replyTo,
                        person -> order(
                                conversations.acceptRequest(person, name, now, date),
                                name + " is in your address book; their messages are in your inbox.",
                                replyTo));
            case ControlRequest.Reject(var id) ->
                withRequest(
                        id,
                        replyTo,
                        person -> order(
                                conversations.rejectRequest(person),
                                "The request is turned down; nobody is told.",
                                replyTo));
            case ControlRequest.Why(var name) ->
                withPerson(
                        name,
                        replyTo,
                        person -> store.tell(new StoreActor.Attempts<>(
                                person,
                                ATTEMPTS_SHOWN,
                                reply -> new Messenger.AttemptsListed(person, reply, replyTo),
                                messenger)));
            case ControlRequest.Send send -> throw new IllegalArgumentException("texts have an entrance of their own");
            case ControlRequest.Identify identify -> notHere(replyTo);
            case ControlRequest.Follow follow -> notHere(replyTo);
            case ControlRequest.Status status -> notHere(replyTo);
            case ControlRequest.Stop stop -> notHere(replyTo);
            case ControlRequest.Version version -> notHere(replyTo);
        }
    }

    private static void notHere(ActorRef<ControlReply> replyTo) {
        replyTo.tell(new Failed(Kind.INTERNAL, "a question for the node came to its person", ""));
    }

    private static int bounded(int limit) {
        return Math.clamp(limit, 1, LIST_MAX);
    }

    // The address book.

    private void add(String name, String text, ActorRef<ControlReply> replyTo, long now, long date) {
        try {
            PersonAddress address = PersonAddress.parse(text, network);
            order(conversations.addContact(name, address, now, date), name + " is in your address book.", replyTo);
        } catch (BadAddressException e) {
            replyTo.tell(new Failed(Kind.BAD_INPUT, String.valueOf(e.getMessage()), ""));
        }
    }

    private interface ForPerson {
        void act(PersonKey person);
    }

    private void withPerson(String name, ActorRef<ControlReply> replyTo, ForPerson action) {
        conversations.find(name).ifPresentOrElse(action::act, () -> replyTo.tell(nobody(name)));
    }

    private static ControlReply nobody(String name) {
        return new Failed(Kind.NOT_FOUND, "nobody in your address book is called " + name, "see 'privatus contacts'");
    }

    private void withRequest(String id, ActorRef<ControlReply> replyTo, ForPerson action) {
        conversations.persons(Standing.REQUEST).stream()
                .filter(person -> requestId(person.key()).equals(id))
                .findFirst()
                .map(StoredPerson::key)
                .ifPresentOrElse(
                        action::act,
                        () -> replyTo.tell(
                                new Failed(Kind.NOT_FOUND, "there is no request " + id, "see 'privatus requests'")));
    }

    private static String requestId(PersonKey key) {
        return HexFormat.of().formatHex(key.toBytes()).substring(0, REQUEST_ID_CHARACTERS);
    }

    private void order(CommandResult result, String done, ActorRef<ControlReply> replyTo) {
        switch (result) {
            case CommandResult.Accepted(var ticket) -> orders.put(ticket, new Ordered(replyTo, done));
            case CommandResult.Refused(var reason) -> replyTo.tell(refusal(reason));
        }
    }

    void commandDone(long ticket) {
        Ordered ordered = orders.remove(ticket);
        if (ordered != null) {
            ordered.replyTo.tell(new ControlReply.Done(ordered.done));
        }
    }

    private List<ContactView> contacts() {
        return conversations.persons(Standing.CONTACT, Standing.BLOCKED).stream()
                .map(person -> new ContactView(
                        person.name(),
                        person.address().encode(),
                        word(person.standing()),
                        person.online(),
                        person.verified(),
                        person.addedAt(),
                        person.lastSeen()))
                .toList();
    }

    /// Strangers with what they wrote, as far as it is among the texts that were read.
    void requests(StoreReply<List<StoredMessage>> reply, ActorRef<ControlReply> replyTo) {
        replyTo.tell(
                switch (reply) {
                    case StoreReply.Done<List<StoredMessage>>(var held) ->
                        new ControlReply.Requests(conversations.persons(Standing.REQUEST).stream()
                                .map(person -> request(person, held))
                                .toList());
                    case StoreReply.Failed<List<StoredMessage>>(var reason) -> new Failed(Kind.INTERNAL, reason, "");
                });
    }

    private RequestView request(StoredPerson person, List<StoredMessage> held) {
        String preview = held.stream()
                .filter(message -> message.person().equals(person.key()))
                .map(StoredMessage::text)
                .findFirst()
                .orElse("");
        return new RequestView(
                requestId(person.key()),
                person.address().encode(),
                person.addedAt(),
                conversations.heldTexts(person.key()),
                preview);
    }

    private static ControlReply refusal(CommandResult.Refusal reason) {
        return switch (reason) {
            case UNKNOWN_PERSON -> new Failed(Kind.NOT_FOUND, "there is no such person", "see 'privatus contacts'");
            case NAME_TAKEN -> new Failed(Kind.ALREADY_EXISTS, "this name is taken", "choose another");
            case BAD_NAME -> new Failed(Kind.BAD_INPUT, "this is no name", "1 to 64 printable characters");
            case ALREADY_CONTACT ->
                new Failed(
                        Kind.ALREADY_EXISTS, "this person is already in your address book", "see 'privatus contacts'");
            case OWN_ADDRESS -> new Failed(Kind.BAD_INPUT, "this is your own address", "ask the other for theirs");
            case OTHER_NETWORK ->
                new Failed(
                        Kind.BAD_INPUT, "this address belongs to another network", "ask for the one of this network");
            case TOO_MANY_CONTACTS -> new Failed(Kind.UNAVAILABLE, "the address book is full", "remove somebody");
            case BLOCKED -> new Failed(Kind.BAD_INPUT, "this person is blocked", "add them again to talk to them");
            case EMPTY_TEXT -> new Failed(Kind.BAD_INPUT, "the text is empty", "write something");
            case TEXT_TOO_LONG -> new Failed(Kind.BAD_INPUT, "the text is too long", "at most 32,768 bytes of UTF-8");
            case QUEUE_FULL ->
                new Failed(Kind.UNAVAILABLE, "too many texts wait for this person", "try again when some have arrived");
        };
    }

    // Texts.

    /// The text's id if it was taken: its time runs from now on.
    Optional<MessageId> send(ControlRequest.Send send, ActorRef<ControlReply> replyTo, long now, long date) {
        Optional<PersonKey> to = conversations.find(send.name());
        if (to.isEmpty()) {
            replyTo.tell(nobody(send.name()));
            return Optional.empty();
        }
        return switch (conversations.sendText(to.get(), send.text(), now, date)) {
            case SendResult.Accepted(var id) -> {
                sendings.put(id, new Sending(replyTo, now));
                yield Optional.of(id);
            }
            case SendResult.Refused(var reason) -> {
                replyTo.tell(refusal(reason));
                yield Optional.empty();
            }
        };
    }

    /// @param path of the splice that the acknowledgement came on, if it is still there
    void acknowledged(MessageId id, Optional<SplicePath> path, long elapsedMillis) {
        Sending sending = sendings.remove(id);
        if (sending != null) {
            sending.replyTo.tell(new ControlReply.Acknowledged(
                    id.toString(),
                    elapsedMillis,
                    path.map(PersonDesk::nearestFirst).orElse(List.of()),
                    path.map(SplicePath::gateway).map(NodeId::toString).orElse("")));
        }
    }

    /// A path is shown in the order of travel of whoever opened it; here the reader's own relay comes first.
    private static List<String> nearestFirst(SplicePath path) {
        List<String> hops = path.ownHops().stream().map(NodeId::toString).toList();
        boolean incoming = path.shown().getFirst().equals(path.gateway());
        return incoming ? hops.reversed() : hops;
    }

    void sendTimedOut(MessageId id, long now) {
        Sending sending = sendings.remove(id);
        if (sending != null) {
            long elapsedMillis = TimeUnit.NANOSECONDS.toMillis(now - sending.sinceNanos);
            sending.replyTo.tell(new ControlReply.Queued(id.toString(), elapsedMillis, "not acknowledged yet"));
        }
    }

    private void inbox(long after, int limit, ActorRef<ControlReply> replyTo) {
        store.tell(
                after < 0
                        ? new StoreActor.Latest<Messenger.Command>(
                                limit, reply -> new Messenger.Listed(reply, replyTo), messenger)
                        : new StoreActor.Inbox<Messenger.Command>(
                                after, limit, reply -> new Messenger.Listed(reply, replyTo), messenger));
    }

    void listed(StoreReply<List<StoredMessage>> reply, ActorRef<ControlReply> replyTo) {
        replyTo.tell(
                switch (reply) {
                    case StoreReply.Done<List<StoredMessage>>(var messages) ->
                        new ControlReply.Messages(
                                messages.stream().map(this::view).toList(), lastPosition(messages));
                    case StoreReply.Failed<List<StoredMessage>>(var reason) -> new Failed(Kind.INTERNAL, reason, "");
                });
    }

    private static long lastPosition(List<StoredMessage> messages) {
        return messages.isEmpty() ? 0 : messages.getLast().position();
    }

    MessageView view(StoredMessage message) {
        return new MessageView(
                message.position(),
                message.id().toString(),
                nameOf(message.person()),
                message.outgoing(),
                message.time(),
                message.sentAt(),
                message.acknowledgedAt(),
                message.text());
    }

    private String nameOf(PersonKey key) {
        return conversations.persons(Standing.values()).stream()
                .filter(person -> person.key().equals(key) && !person.name().isEmpty())
                .map(StoredPerson::name)
                .findFirst()
                .orElseGet(() -> requestId(key));
    }

    // Why.

    void attempts(
            PersonKey person, StoreReply<List<Attempt>> reply, ActorRef<ControlReply> replyTo, long now, long date) {
        switch (reply) {
            case StoreReply.Failed<List<Attempt>>(var reason) -> replyTo.tell(new Failed(Kind.INTERNAL, reason, ""));
            case StoreReply.Done<List<Attempt>>(var kept) -> {
                var shown = new ArrayList<AttemptView>();
                conversations
                        .currentAttempt(person, now, date)
                        .ifPresent(running -> shown.add(attempt(running, "still running")));
                kept.forEach(ended -> shown.add(attempt(ended, word(ended.outcome()))));
                replyTo.tell(new ControlReply.Attempts(nameOf(person), shown));
            }
        }
    }

    private static AttemptView attempt(Attempt attempt, String outcome) {
        return new AttemptView(
                attempt.startedAt(),
                outcome,
                attempt.elapsedMillis(),
                attempt.steps().stream().map(PersonDesk::step).toList());
    }

    private static AttemptView.Step step(AttemptStep step) {
        return new AttemptView.Step(word(step.stage()), word(step.outcome()), step.elapsedMillis(), step.detail());
    }

    /// `TIMED_OUT` as `timed out`.
    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
