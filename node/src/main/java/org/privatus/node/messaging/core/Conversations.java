package org.privatus.node.messaging.core;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.AttemptStep;
import org.privatus.node.store.Blob;
import org.privatus.node.store.Committed;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.PendingText;
import org.privatus.node.store.ReceivedMark;
import org.privatus.node.store.SessionId;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoreChange;
import org.privatus.node.store.StoreTransaction;
import org.privatus.node.store.StoredPerson;
import org.privatus.node.store.StoredSession;
import org.privatus.node.store.StoredState;

/// All conversations of one person: texts go in and come out, splices are asked for and used.
///
/// Call {@link #load} first, with what the store holds. Then every input may come at any time, with the time; effects go to
/// {@link ConversationEffects}. Inputs about a splice, job or ticket that is no more are ignored, and its secrets erased.
///
/// What is promised: a text for which `queued` came is tried until it is acknowledged, across restarts; `acknowledged` means
/// that it is on the other's disk; `received` comes once for each text, after it is on ours.
public final class Conversations {
    private static final int MAX_REFUSALS_PER_SPLICE = 4;

    private final Surroundings around;
    private final Doorway doorway;
    private final AddressBook book;
    private final SequencedMap<Long, Line> lines = new LinkedHashMap<>();
    private final Map<Long, Conversation> openings = new LinkedHashMap<>();
    private final Map<Long, Continuation> commits = new LinkedHashMap<>();
    private final Map<Reason, Long> malformed = new EnumMap<>(Reason.class);
    private boolean over;
    private long lastTicket;
    private long lastRef;
    private long lastOrdinal;

    /// What follows a commit.
    interface Continuation {
        void committed(long ticket, Committed committed, Moment now);
    }

    public Conversations(
            MessagingSettings settings,
            PersonIdentity self,
            NetworkId network,
            CryptoSuite suite,
            SecureRandom keys,
            RandomGenerator behaviour,
            ConversationEffects effects) {
        this.around = new Surroundings(
                settings,
                self.address(network),
                X25519KeyPair.of(suite, self.xSecret()),
                suite,
                keys,
                behaviour,
                effects);
        this.doorway = new Doorway(this, around);
        this.book = new AddressBook(this, around);
    }

    /// Goes on from what is stored. A session whose state is unreadable is left out: it comes to a new handshake.
    public void load(StoredState state, long nowNanos, long epochMillis) {
        for (StoredPerson person : state.persons()) {
            book.put(new Conversation(this, around, person, true, nowNanos));
        }
        state.sessions().forEach(this::restore);
        for (PendingText text : state.pending()) {
            book.find(text.to()).ifPresent(conversation -> conversation.who().restore(text));
        }
        for (ReceivedMark mark : state.received()) {
            book.find(mark.from()).ifPresent(conversation -> conversation.who().mark(mark.digest(), mark.id()));
        }
        for (ReceivedMark mark : state.held()) {
            book.find(mark.from()).ifPresent(conversation -> conversation.who().restoreHeld(mark.id()));
        }
        for (Conversation conversation : book.all()) {
            conversation.reach().scatter(nowNanos);
            conversation.proceed(new Moment(nowNanos, epochMillis));
        }
    }

    private void restore(StoredSession stored) {
        lastOrdinal = Math.max(lastOrdinal, stored.ordinal());
        try {
            DoubleRatchet ratchet =
                    DoubleRatchet.restore(around.suite(), stored.ratchet().toBytes());
            var session =
                    new Session(stored.id(), stored.ordinal(), stored.initiatedByUs(), ratchet, stored.introduction());
            session.retired = stored.retired();
            book.find(stored.person())
                    .ifPresent(conversation -> conversation.who().restore(session));
        } catch (MalformedPacketException e) {
            count(e);
        }
    }

    // Commands.

    /// Puts a person into the address book, or takes a stranger who wrote, or somebody blocked, into it.
    public CommandResult addContact(String name, PersonAddress address, long nowNanos, long epochMillis) {
        return book.add(name, address, new Moment(nowNanos, epochMillis));
    }

    public CommandResult rename(PersonKey person, String newName) {
        return book.rename(person, newName);
    }

    /// Takes a person out of the address book. What was said stays; what waits to be sent does not.
    public CommandResult remove(PersonKey person, long nowNanos) {
        return book.remove(person, nowNanos);
    }

    /// From now on nothing of this person is heard, and they are not told.
    public CommandResult block(PersonKey person) {
        return book.block(person);
    }

    /// Takes a stranger who wrote into the address book; their texts are shown and acknowledged.
    public CommandResult acceptRequest(PersonKey person, String name, long nowNanos, long epochMillis) {
        return book.accept(person, name, new Moment(nowNanos, epochMillis));
    }

    /// Turns a stranger down, who is not told.
    public CommandResult rejectRequest(PersonKey person) {
        return book.reject(person);
    }

    /// Hands a text in.
    public SendResult sendText(PersonKey to, String text, long nowNanos, long epochMillis) {
        return book.send(to, text, new Moment(nowNanos, epochMillis));
    }

    // What is asked.

    /// Who has this name in the address book.
    public Optional<PersonKey> find(String name) {
        return book.find(name).map(Conversation::key);
    }

    /// All persons in these standings, in the order in which they were added; `online` is whether a splice is open now.
    public List<StoredPerson> persons(Standing... standings) {
        List<Standing> wanted = List.of(standings);
        return book.all().stream()
                .filter(Conversation::isStored)
                .map(Conversation::person)
                .filter(person -> wanted.contains(person.standing()))
                .toList();
    }

    /// Texts of a stranger that wait for our decision.
    public int heldTexts(PersonKey person) {
        return book.find(person)
                .map(conversation -> conversation.who().heldTexts())
                .orElse(0);
    }

    /// The attempt to reach a person that is running; earlier ones are in the store.
    public Optional<Attempt> currentAttempt(PersonKey person, long nowNanos, long epochMillis) {
        return book.find(person)
                .flatMap(conversation -> conversation.reach().current(new Moment(nowNanos, epochMillis)));
    }

    public ConversationsView view() {
        int strange = (int) lines.values().stream()
                .filter(line -> line.conversation().isEmpty())
                .count();
        int pending = book.all().stream()
                .mapToInt(conversation -> conversation.who().outbox.size())
                .sum();
        long malformedFrames =
                malformed.values().stream().mapToLong(count -> count).sum();
        return new ConversationsView(
                book.count(Standing.CONTACT),
                book.count(Standing.REQUEST),
                pending,
                lines.size(),
                strange,
                doorway.size(),
                commits.size(),
                malformedFrames);
    }

    // Splices.

    /// The splice that was asked for is open.
    ///
    /// @param writable bytes that may be sent at once; more come through {@link #spliceWritable}
    public void spliceOpened(long ref, long splice, int writable, long nowNanos, long epochMillis) {
        Conversation conversation = openings.remove(ref);
        if (conversation == null || over) {
            around.effects().closeSplice(splice);
            return;
        }
        var line = new Line(splice, writable, around.effects(), nowNanos);
        lines.put(splice, line);
        conversation.opened(line, new Moment(nowNanos, epochMillis));
    }

    /// The splice that was asked for could not be opened.
    public void spliceFailed(long ref, AttemptStep.Outcome outcome, String detail, long nowNanos, long epochMillis) {
        Conversation conversation = openings.remove(ref);
        if (conversation != null) {
            var now = new Moment(nowNanos, epochMillis);
            conversation.reach().step(AttemptStep.Stage.SPLICE, outcome, detail, now);
            conversation.openingFailed(outcome, now);
        }
    }

    /// A step of opening a splice is done.
    public void attemptStep(
            long ref,
            AttemptStep.Stage stage,
            AttemptStep.Outcome outcome,
            String detail,
            long nowNanos,
            long epochMillis) {
        Conversation conversation = openings.get(ref);
        if (conversation != null) {
            conversation.reach().step(stage, outcome, detail, new Moment(nowNanos, epochMillis));
        }
    }

    /// Somebody opened a splice to us.
    public void spliceIncoming(long splice, int writable, long nowNanos) {
        if (over) {
            around.effects().closeSplice(splice);
            return;
        }
        lines.put(splice, new Line(splice, writable, around.effects(), nowNanos));
        List<Line> strange = lines.values().stream()
                .filter(line -> line.conversation().isEmpty())
                .toList();
        if (strange.size() > around.settings().maxStrangeSplices()) {
            close(strange.getFirst());
        }
    }

    public void spliceBytes(long splice, byte[] bytes, long nowNanos, long epochMillis) {
        Line line = lines.get(splice);
        if (line == null) {
            return;
        }
        var now = new Moment(nowNanos, epochMillis);
        try {
            for (Frame frame : line.append(bytes)) {
                if (line.paused) {
                    line.await(frame);
                } else if (line.open) {
                    handle(line, frame, now);
                }
            }
        } catch (MalformedPacketException e) {
            closeMalformed(line, e);
        }
    }

    /// `bytes` more may be sent than were allowed before.
    public void spliceWritable(long splice, int bytes, long nowNanos) {
        Line line = lines.get(splice);
        if (line != null) {
            line.writable(bytes, nowNanos);
        }
    }

    /// The splice is over, and not because we closed it.
    public void spliceClosed(long splice, long nowNanos, long epochMillis) {
        Line line = lines.remove(splice);
        if (line != null) {
            line.open = false;
            line.conversation().ifPresent(conversation -> {
                conversation.closed(line, new Moment(nowNanos, epochMillis));
                book.tidy(conversation);
            });
        }
    }

    private void handle(Line line, Frame frame, Moment now) throws MalformedPacketException {
        Optional<Conversation> known = line.conversation();
        switch (frame) {
            case Frame.Hello hello -> doorway.hello(line, hello);
            case Frame.Introduction introduction -> doorway.introduction(line, introduction, now);
            case Frame.Welcome welcome -> known.ifPresent(conversation -> conversation.welcomed(line, welcome));
            case Frame.NoSession none ->
                known.ifPresent(conversation -> conversation.noSession(line, none.digest(), now));
            case Frame.Sealed sealed when known.isPresent() -> known.get().received(line, sealed.envelope(), now);
            case Frame.Sealed sealed -> recognise(line, sealed.envelope(), now);
        }
    }

    /// Whose is it? A repetition is known by its digest, anything else by whose header key opens it.
    private void recognise(Line line, Blob envelope, Moment now) throws MalformedPacketException {
        if (line.refusals >= MAX_REFUSALS_PER_SPLICE) {
            return;
        }
        EnvelopeDigest digest = around.digest(envelope);
        for (Conversation conversation : book.all()) {
            if (conversation.who().recognises(digest)) {
                bind(line, conversation, now);
                conversation.received(line, envelope, now);
                return;
            }
        }
        var job = new RecogniseJob(around, line, envelope);
        for (Conversation conversation : book.all()) {
            conversation.sessions().all().forEach(session -> job.add(conversation, session.headerKeys));
        }
        line.paused = true;
        around.effects().compute(job);
    }

    private void recognised(RecogniseJob job, Moment now) throws MalformedPacketException {
        Optional<Conversation> found = job.found().filter(conversation -> !conversation.isGone());
        if (found.isPresent() && job.line.open) {
            bind(job.line, found.get(), now);
            found.get().received(job.line, job.envelope, now);
        } else {
            sayNoSession(job.line, around.digest(job.envelope), now);
        }
    }

    void sayNoSession(Line line, EnvelopeDigest digest, Moment now) {
        if (line.refusals < MAX_REFUSALS_PER_SPLICE) {
            line.refusals++;
            line.send(new Frame.NoSession(digest), now.nanos());
        }
    }

    /// Throws where the splice is known to be somebody else's.
    void bind(Line line, Conversation conversation, Moment now) throws MalformedPacketException {
        Optional<Conversation> before = line.conversation();
        if (before.isEmpty()) {
            conversation.bind(line, now);
        } else if (before.get() != conversation) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    long open(Conversation conversation) {
        long ref = ++lastRef;
        openings.put(ref, conversation);
        around.effects().openSplice(ref, conversation.person().address());
        return ref;
    }

    void abandon(long ref) {
        if (openings.remove(ref) != null) {
            around.effects().abandonSplice(ref);
        }
    }

    void close(Line line) {
        if (lines.remove(line.splice) == null) {
            return;
        }
        line.open = false;
        around.effects().closeSplice(line.splice);
        line.conversation().ifPresent(conversation -> {
            conversation.forget(line);
            book.tidy(conversation);
        });
    }

    private void closeMalformed(Line line, MalformedPacketException e) {
        count(e);
        close(line);
    }

    // Jobs.

    public void computed(Job job, long nowNanos, long epochMillis) {
        var now = new Moment(nowNanos, epochMillis);
        switch ((MessagingJob) job) {
            case HelloJob hello -> hello.conversation.computed(hello, now);
            case IntroduceJob introduce -> introduce.conversation.computed(introduce, now);
            case ExchangeJob exchange -> exchange.conversation.computed(exchange, now);
            case WelcomeJob welcome -> resume(welcome.line, () -> doorway.computed(welcome, now), now);
            case AcceptJob accept -> resume(accept.line, () -> doorway.computed(accept, now), now);
            case RecogniseJob recognise -> resume(recognise.line, () -> recognised(recognise, now), now);
        }
    }

    /// What a job found out about a splice.
    private interface Finding {
        void use() throws MalformedPacketException;
    }

    /// Uses what was found, then takes the frames that waited for it.
    private void resume(Line line, Finding finding, Moment now) {
        line.paused = false;
        try {
            finding.use();
            while (line.open && !line.paused && !line.waiting.isEmpty()) {
                handle(line, line.waiting.remove(), now);
            }
        } catch (MalformedPacketException e) {
            closeMalformed(line, e);
        }
    }

    // The store.

    long commit(List<StoreChange> changes, Continuation continuation) {
        long ticket = ++lastTicket;
        commits.put(ticket, continuation);
        around.effects().commit(ticket, new StoreTransaction(changes));
        return ticket;
    }

    /// The transaction is on the disk.
    public void committed(long ticket, Committed committed, long nowNanos, long epochMillis) {
        Continuation continuation = commits.remove(ticket);
        if (continuation != null) {
            continuation.committed(ticket, committed, new Moment(nowNanos, epochMillis));
        }
    }

    // Time.

    /// When {@link #onDeadline} is to be called; `Long.MAX_VALUE` for never. O(contacts + splices).
    public long deadlineNanos() {
        long next = doorway.deadline();
        for (Conversation conversation : book.all()) {
            next = Math.min(next, conversation.deadline());
        }
        for (Line line : lines.values()) {
            if (line.conversation().isEmpty()) {
                next = Math.min(next, line.since + around.settings().strangeNanos());
            }
        }
        return next;
    }

    public void onDeadline(long nowNanos, long epochMillis) {
        var now = new Moment(nowNanos, epochMillis);
        doorway.onDeadline(nowNanos);
        for (Line line : new ArrayList<>(lines.values())) {
            if (line.conversation().isEmpty()
                    && nowNanos >= line.since + around.settings().strangeNanos()) {
                close(line);
            }
        }
        for (Conversation conversation : book.all()) {
            if (nowNanos >= conversation.deadline()) {
                conversation.onDeadline(now);
            }
        }
    }

    /// Closes all splices and forgets all keys. What comes afterwards is ignored.
    public void shutDown() {
        over = true;
        doorway.eraseAll();
        new ArrayList<>(lines.values()).forEach(this::close);
        book.all().forEach(Conversation::vanish);
        commits.clear();
        around.pair().erase();
    }

    // For the parts.

    Conversation meet(PersonAddress address, Moment now) {
        return book.meet(address, now);
    }

    void forget(Conversation conversation, Session session) {
        conversation.forget(session);
        book.tidy(conversation);
    }

    /// The session is on the disk: nothing needs to be remembered of its handshake.
    void settled(SessionId session) {
        doorway.settled(session);
    }

    boolean knows(SessionId session) {
        return book.all().stream()
                .flatMap(conversation -> conversation.sessions().find(session).stream())
                .anyMatch(known -> known.committed);
    }

    boolean hasRoomForRequest() {
        return book.count(Standing.REQUEST) < around.settings().maxRequests();
    }

    long nextOrdinal() {
        return ++lastOrdinal;
    }

    private void count(MalformedPacketException e) {
        malformed.merge(e.reason(), 1L, Long::sum);
    }

    void countUnreadable(int contents) {
        malformed.merge(Reason.BAD_VALUE, (long) contents, Long::sum);
    }
}
