package org.privatus.node.messaging.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.messaging.core.ExchangeJob.Answer;
import org.privatus.node.messaging.core.ExchangeJob.Gathered;
import org.privatus.node.messaging.core.ExchangeJob.Opened;
import org.privatus.node.messaging.core.ExchangeJob.Received;
import org.privatus.node.messaging.core.Turn.Arrived;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.AttemptStep.Outcome;
import org.privatus.node.store.AttemptStep.Stage;
import org.privatus.node.store.Blob;
import org.privatus.node.store.Committed;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.PendingText;
import org.privatus.node.store.SealedText;
import org.privatus.node.store.SessionId;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoreChange;
import org.privatus.node.store.StoredPerson;

/// What is between us and one person.
///
/// Everything that moves a ratchet goes through turns, one at a time: a turn gathers what has come in and what is to go out,
/// gives it to an {@link ExchangeJob}, makes one transaction of the result, and lets nothing out before that is committed.
/// Ratchets in memory are ahead of the store during a turn only; what comes in meanwhile waits, in order and bounded.
final class Conversation {
    private static final int MAX_INBOX = 128;
    private static final int MAX_PER_TURN = 16;
    private static final int MAX_HANDSHAKES_PER_SPLICE = 2;
    private static final int MAX_DUE = 64;
    private static final long SEEN_GRANULARITY_MILLIS = 60_000;

    private final Conversations owner;
    private final Surroundings around;
    private final Reach reach;
    private final Sessions sessions;
    private final Outbox outbox = new Outbox();
    private final List<Line> lines = new ArrayList<>();

    private StoredPerson person;
    private boolean stored;
    private boolean gone;

    /// Envelopes that were received and committed, oldest first.
    private final SequencedMap<EnvelopeDigest, MessageId> marks = new LinkedHashMap<>();

    /// Texts that wait until their writer is accepted.
    private final SequencedSet<MessageId> held = new LinkedHashSet<>();

    private final ArrayDeque<Received> inbox = new ArrayDeque<>();
    private final SequencedSet<MessageId> acknowledgementsDue = new LinkedHashSet<>();
    private final SequencedSet<SessionId> refused = new LinkedHashSet<>();
    private final List<StoreChange> changesDue = new ArrayList<>();
    private @Nullable Turn turn;
    private @Nullable OwnHandshake handshake;

    Conversation(Conversations owner, Surroundings around, StoredPerson person, boolean stored, long now) {
        this.owner = owner;
        this.around = around;
        this.person = person;
        this.stored = stored;
        this.reach = new Reach(around.settings(), around.behaviour(), now);
        this.sessions = new Sessions(around.key(), person.key());
    }

    PersonKey key() {
        return person.key();
    }

    StoredPerson person() {
        return person.online(!lines.isEmpty());
    }

    Standing standing() {
        return person.standing();
    }

    /// Whether a store knows the person.
    boolean isStored() {
        return stored;
    }

    boolean isGone() {
        return gone;
    }

    Sessions sessions() {
        return sessions;
    }

    int pendingTexts() {
        return outbox.size();
    }

    Reach reach() {
        return reach;
    }

    boolean hasLines() {
        return !lines.isEmpty();
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

    void restoreMark(EnvelopeDigest digest, MessageId id) {
        mark(digest, id);
    }

    void restoreHeld(MessageId id) {
        held.add(id);
    }

    // What our user wants.

    MessageId send(String text, Moment now) {
        MessageId id = MessageId.random(around.keys());
        outbox.add(new Outgoing(id, text, now.epochMillis(), now.nanos()));
        reach.hasten(now.nanos());
        proceed(now);
        return id;
    }

    /// Makes the person what the user says, with these changes beside it.
    StoreChange become(StoredPerson changed) {
        person = changed.online(!lines.isEmpty());
        stored = true;
        return new StoreChange.PutPerson(person);
    }

    int heldTexts() {
        return held.size();
    }

    /// The person is a contact from now on: what was held is shown, and acknowledged.
    List<StoreChange> accept(StoredPerson accepted, Moment now) {
        var changes = new ArrayList<StoreChange>();
        changes.add(become(accepted));
        changes.add(new StoreChange.RevealHeld(key()));
        acknowledgementsDue.addAll(held);
        held.clear();
        reach.scatter(now.nanos());
        return changes;
    }

    /// Nothing of this person is heard any more, and nothing is sent. Sessions stay, so that silence is all they notice.
    List<StoreChange> silence(StoredPerson silenced) {
        var changes = new ArrayList<StoreChange>();
        changes.add(become(silenced));
        changes.add(new StoreChange.DropHeld(key()));
        outbox.all().forEach(text -> changes.add(new StoreChange.DeleteMessage(key(), text.id, true)));
        outbox.clear();
        inbox.clear();
        marks.values().removeIf(held::contains);
        held.clear();
        acknowledgementsDue.clear();
        abandonOpening();
        return changes;
    }

    /// The sessions and what waits to be sent are forgotten; this object is of no more use.
    List<StoreChange> leave(StoredPerson stranger) {
        List<StoreChange> changes = silence(stranger);
        sessions.all().forEach(session -> changes.add(new StoreChange.RemoveSession(key(), session.id)));
        vanish();
        return changes;
    }

    /// Whatever is still on its way finds nobody.
    void vanish() {
        gone = true;
        dropHandshake();
        abandonOpening();
        if (turn == null) {
            sessions.eraseAll();
        }
        List.copyOf(lines).forEach(owner::close);
    }

    // Splices.

    void bind(Line line, Moment now) {
        line.bind(this);
        lines.add(line);
        if (lines.size() > around.settings().maxSplicesPerContact()) {
            owner.close(lines.getFirst());
        }
        proceed(now);
    }

    void opened(Line line, Moment now) {
        reach.opened();
        bind(line, now);
    }

    void openingFailed(Outcome outcome, Moment now) {
        failed(outcome, now);
        proceed(now);
    }

    /// The splice is not open any more; texts that were sent on it count as not sent.
    void closed(Line line, Moment now) {
        boolean wasNeeded = outbox.waitsOn(line) || (handshake != null && handshake.line == line);
        forget(line);
        if (wasNeeded && !gone) {
            failed(Outcome.CLOSED, now);
        }
        proceed(now);
    }

    /// As {@link #closed}, and it is no failure.
    void forget(Line line) {
        lines.remove(line);
        outbox.closed(line);
        if (handshake != null && handshake.line == line) {
            dropHandshake();
        }
        if (lines.isEmpty()) {
            acknowledgementsDue.clear();
        }
        if (lines.isEmpty() && stored && person.online()) {
            person = person.online(false);
            changesDue.add(new StoreChange.PutPerson(person));
        }
    }

    private void failed(Outcome outcome, Moment now) {
        reach.failed(outcome, now).ifPresent(this::keep);
    }

    private void keep(Attempt attempt) {
        changesDue.add(
                new StoreChange.AddAttempt(key(), attempt, around.settings().attemptsKept()));
    }

    private void abandonOpening() {
        reach.opening().ifPresent(owner::abandon);
        reach.opened();
    }

    // Frames.

    void received(Line line, Blob envelope, Moment now) {
        if (standing().isSilenced() || gone) {
            return;
        }
        line.lastActivity = now.nanos();
        EnvelopeDigest digest = around.digest(envelope);
        if (!isRepetition(digest)) {
            if (inbox.size() >= MAX_INBOX) {
                owner.close(line);
                return;
            }
            inbox.add(new Received(line, envelope, digest));
        }
        proceed(now);
    }

    /// A repetition is acknowledged again, if its first was.
    private boolean isRepetition(EnvelopeDigest digest) {
        MessageId known = marks.get(digest);
        if (known == null || sessions.forAnswers().isEmpty()) {
            return false;
        }
        if (standing() == Standing.CONTACT && acknowledgementsDue.size() < MAX_DUE) {
            acknowledgementsDue.add(known);
        }
        return true;
    }

    boolean recognises(EnvelopeDigest digest) {
        return marks.containsKey(digest) && sessions.forAnswers().isPresent();
    }

    void noSession(Line line, EnvelopeDigest digest, Moment now) {
        line.sessionOf(digest).ifPresent(refused::add);
        proceed(now);
    }

    void welcomed(Line line, Frame.Welcome welcome) {
        if (handshake == null || handshake.line != line) {
            return;
        }
        SessionId session = handshake.session;
        handshake
                .take()
                .ifPresent(state -> around.effects()
                        .compute(new IntroduceJob(around, this, line, session, state, welcome.message())));
    }

    // Jobs that come back.

    void computed(HelloJob job, Moment now) {
        if (handshake == null || !handshake.session.equals(job.session)) {
            job.erase();
        } else if (job.begun().isEmpty()) {
            reach.step(Stage.HANDSHAKE, Outcome.REFUSED, "their key is none", now);
            giveUp(job.line, Outcome.REFUSED, now);
        } else {
            HelloJob.Begun begun = job.begun().orElseThrow();
            handshake.waitsForAnswer(begun.handshake());
            job.line.send(new Frame.Hello(job.session, begun.message()), now.nanos());
        }
    }

    void computed(IntroduceJob job, Moment now) {
        if (handshake == null || !handshake.session.equals(job.session)) {
            job.erase();
        } else if (job.introduced().isEmpty()) {
            reach.step(Stage.HANDSHAKE, Outcome.REFUSED, "the answer was not theirs", now);
            giveUp(job.line, Outcome.REFUSED, now);
        } else {
            handshake = null;
            reach.step(Stage.HANDSHAKE, Outcome.OK, "", now);
            introduced(job.session, job.introduced().orElseThrow());
            proceed(now);
        }
    }

    /// Not needed any more where the other side was faster.
    private void introduced(SessionId id, IntroduceJob.Introduced made) {
        if (sessions.forTexts().isPresent()) {
            made.ratchet().erase();
        } else {
            sessions.add(new Session(id, owner.nextOrdinal(), true, made.ratchet(), made.introduction()));
        }
    }

    void computed(ExchangeJob job, Moment now) {
        Turn finished = turn;
        if (gone || finished == null || finished.job != job) {
            sessions.eraseAll();
            job.erase();
            return;
        }
        finish(finished, now);
        proceed(now);
    }

    // Turns.

    /// Takes the next turn if there is reason to, and what else is due.
    void proceed(Moment now) {
        if (gone) {
            return;
        }
        if (turn == null) {
            takeTurn(now);
        }
        flush(now);
        pursue(now);
    }

    private void takeTurn(Moment now) {
        var changes = new ArrayList<>(changesDue);
        changesDue.clear();
        settleRefusals(changes);
        dropSurplus(changes);
        List<Outgoing> fresh = outbox.unstored(MAX_PER_TURN);
        var next = new Turn(new ExchangeJob(around, this, gather()), fresh, changes);
        if (next.isEmpty()) {
            return;
        }
        turn = next;
        if (next.job.hasWork()) {
            around.effects().compute(next.job);
        } else {
            finish(next, now);
        }
    }

    private Gathered gather() {
        Optional<Session> forTexts = sessions.forTexts();
        List<Outgoing> texts = forTexts.isEmpty()
                ? List.of()
                : outbox.unsealed(around.settings().windowTexts(), MAX_PER_TURN);
        boolean mayAnswer = standing() == Standing.CONTACT && !lines.isEmpty();
        var acknowledgements = new LinkedHashSet<MessageId>();
        List<Received> envelopes = takeInbox();
        if (mayAnswer && sessions.forAnswers().isPresent()) {
            acknowledgements.addAll(acknowledgementsDue);
            acknowledgementsDue.clear();
        }
        return new Gathered(
                sessions.all(), envelopes, texts, forTexts, sessions.forAnswers(), mayAnswer, acknowledgements);
    }

    private List<Received> takeInbox() {
        var taken = new LinkedHashMap<EnvelopeDigest, Received>();
        while (!inbox.isEmpty()
                && taken.size() < MAX_PER_TURN
                && !taken.containsKey(inbox.element().digest())) {
            Received next = inbox.remove();
            if (!isRepetition(next.digest())) {
                taken.put(next.digest(), next);
            }
        }
        return List.copyOf(taken.values());
    }

    private void settleRefusals(List<StoreChange> changes) {
        for (SessionId id : refused) {
            sessions.find(id).ifPresent(session -> retire(session, changes));
        }
        refused.clear();
    }

    private void retire(Session session, List<StoreChange> changes) {
        session.retired = true;
        session.introduction = Blob.EMPTY;
        if (session.committed) {
            changes.add(new StoreChange.PutSession(session.stored(key(), Blob.of(session.ratchet.save()))));
        }
        unseal(session, changes);
    }

    private void unseal(Session session, List<StoreChange> changes) {
        outbox.under(session.id).forEach(text -> unseal(text, changes));
    }

    private void unseal(Outgoing text, List<StoreChange> changes) {
        text.sealed = null;
        text.line = null;
        changes.add(new StoreChange.Unseal(key(), text.id));
    }

    private void dropSurplus(List<StoreChange> changes) {
        sessions.surplus().ifPresent(session -> {
            unseal(session, changes);
            changes.add(new StoreChange.RemoveSession(key(), session.id));
            session.erase();
        });
    }

    /// The job is back, or there was none: makes the transaction.
    private void finish(Turn finished, Moment now) {
        ExchangeJob job = finished.job;
        job.moved().keySet().forEach(Session::refresh);
        owner.countUnreadable(job.malformed());
        if (!standing().isSilenced()) {
            job.opened().forEach(one -> take(one, finished, now));
            sayNoSession(job, now);
        }
        store(finished);
        if (stored && !finished.changes.isEmpty()) {
            owner.commit(finished.changes, (ticket, committed, then) -> committed(finished, committed, then));
        } else {
            turn = null;
        }
    }

    /// Where nothing sealed can say that an envelope was of no use, something unsealed does.
    private void sayNoSession(ExchangeJob job, Moment now) {
        if (standing() == Standing.CONTACT && !job.complained()) {
            job.unreadable().forEach(one -> owner.sayNoSession(one.line(), one.digest(), now));
        }
    }

    private void take(Opened one, Turn finished, Moment now) {
        Session session = one.session();
        sessions.opened(session);
        if (session.initiatedByUs) {
            session.introduction = Blob.EMPTY;
        }
        switch (one.content()) {
            case Content.Text text -> takeText(text, one.received(), finished, now);
            case Content.Acknowledgement acknowledgement ->
                acknowledgement
                        .ids()
                        .forEach(id -> takeAcknowledgement(id, one.received().line(), finished, now));
            case Content.Unreadable complaint ->
                complaint.digests().forEach(digest -> takeComplaint(digest, session, finished));
        }
    }

    private void takeText(Content.Text text, Received received, Turn finished, Moment now) {
        if (standing() != Standing.CONTACT && !holds(text.id(), finished, now)) {
            return;
        }
        seen(finished, now);
        mark(received.digest(), text.id());
        finished.changes.add(new StoreChange.AddIncoming(
                key(),
                text.id(),
                received.digest(),
                now.epochMillis(),
                text.writtenAt(),
                text.text(),
                standing() == Standing.REQUEST));
    }

    /// Whether there is room to hold a stranger's text. What is not held stays with its writer, who tries again.
    private boolean holds(MessageId id, Turn finished, Moment now) {
        if (standing() == Standing.REQUEST && stored) {
            return held.contains(id) || (held.size() < around.settings().maxHeldPerRequest() && held.add(id));
        }
        if (!owner.hasRoomForRequest()) {
            return false;
        }
        StoredPerson request = new StoredPerson(
                person.address(), person.name(), Standing.REQUEST, false, true, now.epochMillis(), now.epochMillis());
        finished.changes.addFirst(become(request));
        finished.request = true;
        return held.add(id);
    }

    private void seen(Turn finished, Moment now) {
        if (!person.online() || now.epochMillis() - person.lastSeen() > SEEN_GRANULARITY_MILLIS) {
            person = person.seen(now.epochMillis());
            finished.changes.add(new StoreChange.PutPerson(person));
        }
    }

    private void mark(EnvelopeDigest digest, MessageId id) {
        marks.put(digest, id);
        if (marks.size() > around.settings().marksKept()) {
            marks.pollFirstEntry();
        }
    }

    private void takeAcknowledgement(MessageId id, Line line, Turn finished, Moment now) {
        outbox.acknowledged(id).ifPresent(text -> {
            finished.changes.add(new StoreChange.Acknowledge(key(), id, now.epochMillis()));
            finished.acknowledged.add(new Arrived(text, line));
            seen(finished, now);
            reach.step(Stage.ACKNOWLEDGED, Outcome.OK, "", now);
            reach.succeeded(now).ifPresent(this::keep);
        });
    }

    /// Sealed by the person: what we sent under another session than this cannot be read there, so that session is over.
    private void takeComplaint(EnvelopeDigest digest, Session under, Turn finished) {
        outbox.find(digest).ifPresent(text -> {
            Optional<Session> used = Optional.ofNullable(text.sealed).flatMap(bytes -> sessions.find(bytes.session()));
            unseal(text, finished.changes);
            used.filter(session -> session != under).ifPresent(session -> retire(session, finished.changes));
        });
    }

    /// Texts, their sealed bytes and the ratchets that sealed and opened, in one transaction.
    private void store(Turn finished) {
        SequencedMap<Outgoing, SealedText> sealed = finished.job.sealed();
        for (Outgoing text : finished.fresh) {
            if (outbox.contains(text)) {
                finished.changes.add(new StoreChange.AddOutgoing(new PendingText(
                        key(), text.id, text.createdAt, text.text, Optional.ofNullable(sealed.get(text)))));
            }
        }
        for (Map.Entry<Outgoing, SealedText> entry : sealed.entrySet()) {
            if (outbox.contains(entry.getKey()) && !finished.fresh.contains(entry.getKey())) {
                finished.changes.add(new StoreChange.Seal(key(), entry.getKey().id, entry.getValue()));
            }
        }
        finished.job
                .moved()
                .forEach((session, ratchet) ->
                        finished.changes.add(new StoreChange.PutSession(session.stored(key(), ratchet))));
    }

    private void committed(Turn finished, Committed committed, Moment now) {
        turn = null;
        if (gone) {
            sessions.eraseAll();
            return;
        }
        ConversationEffects effects = around.effects();
        for (Session session : finished.job.moved().keySet()) {
            session.committed = true;
            owner.settled(session.id);
        }
        for (Outgoing text : finished.fresh) {
            text.stored = true;
            effects.queued(key(), text.id);
        }
        finished.job.sealed().forEach(outbox::sealed);
        if (finished.request) {
            effects.requestArrived(key());
        }
        committed.appeared().forEach(effects::received);
        finished.acknowledged.forEach(arrived -> arrived(arrived, now));
        if (!standing().isSilenced()) {
            finished.job.answers().forEach(answer -> send(answer, now));
        }
        proceed(now);
    }

    private void arrived(Arrived arrived, Moment now) {
        Outgoing text = arrived.text();
        if (text.line != null) {
            text.line.progress(outbox.waitsOn(text.line), now.nanos());
        }
        around.effects().acknowledged(key(), text.id, arrived.line().splice, text.elapsedMillis(now));
    }

    // Sending. Only what is committed.

    private void send(Answer answer, Moment now) {
        Optional<Line> line = answer.line().filter(one -> one.open).or(this::bestLine);
        line.ifPresent(one -> send(one, answer.session(), answer.digest(), answer.envelope(), now));
    }

    private void send(Line line, Session session, EnvelopeDigest digest, Blob envelope, Moment now) {
        if (!session.introduction.isEmpty() && line.introduces(session.id)) {
            Frame.Introduction introduction = Frame.Introduction.of(session.introduction);
            line.remember(around.digest(session.introduction), session.id);
            line.send(introduction, now.nanos());
        }
        line.remember(digest, session.id);
        line.send(new Frame.Sealed(envelope), now.nanos());
        if (line.isClogged()) {
            owner.close(line);
        }
    }

    /// Sends what is sealed and not on its way, behind what already is, so that texts keep their order.
    private void flush(Moment now) {
        Optional<Line> best = outbox.lineInUse().or(this::bestLine);
        if (best.isEmpty() || standing() != Standing.CONTACT) {
            return;
        }
        Line line = best.get();
        for (Outgoing text : outbox.unsent()) {
            SealedText sealed = text.sealed;
            Optional<Session> session = sealed == null ? Optional.empty() : sessions.find(sealed.session());
            if (sealed != null && session.isPresent() && line.open) {
                text.line = line;
                if (line.waits(now.nanos())) {
                    reach.step(Stage.SENT, Outcome.OK, "", now);
                }
                send(line, session.get(), sealed.digest(), sealed.envelope(), now);
            }
        }
    }

    private Optional<Line> bestLine() {
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast());
    }

    // Reaching.

    private boolean wantsLine() {
        return standing() == Standing.CONTACT && (!outbox.isEmpty() || !acknowledgementsDue.isEmpty());
    }

    /// Opens a splice or begins a handshake where something waits for it.
    private void pursue(Moment now) {
        if (!wantsLine()) {
            return;
        }
        if (lines.isEmpty()) {
            if (!reach.isOpening() && now.nanos() >= reach.retryAt()) {
                reach.begin(owner.open(this), now);
            }
        } else if (handshake == null && !outbox.isEmpty() && sessions.forTexts().isEmpty()) {
            beginHandshake(lines.getLast(), now);
        }
    }

    private void beginHandshake(Line line, Moment now) {
        if (line.handshakes >= MAX_HANDSHAKES_PER_SPLICE) {
            giveUp(line, Outcome.REFUSED, now);
            return;
        }
        line.handshakes++;
        SessionId session = SessionId.random(around.keys());
        handshake =
                new OwnHandshake(line, session, now.nanos() + around.settings().strangeNanos());
        around.effects().compute(new HelloJob(around, this, line, session));
    }

    private void dropHandshake() {
        if (handshake != null) {
            handshake.erase();
            handshake = null;
        }
    }

    /// A session that was never committed, and will not be.
    void forget(Session session) {
        if (!session.committed && turn == null) {
            sessions.remove(session);
            session.erase();
        }
    }

    void moved(PersonAddress address) {
        if (!address.equals(person.address())) {
            person = person.at(address);
            if (stored) {
                changesDue.add(new StoreChange.PutPerson(person));
            }
        }
    }

    // Time.

    long deadline() {
        long next = Long.MAX_VALUE;
        if (gone) {
            return next;
        }
        if (reach.isOpening()) {
            next = reach.openDeadline();
        } else if (lines.isEmpty() && wantsLine()) {
            next = reach.retryAt();
        }
        for (Line line : lines) {
            next = Math.min(next, deadline(line));
        }
        return next;
    }

    private long deadline(Line line) {
        if (handshake != null && handshake.line == line) {
            return handshake.deadline;
        }
        return line.isWaitedFor()
                ? line.waitingSince() + around.settings().acknowledgeNanos()
                : line.lastActivity + around.settings().idleNanos();
    }

    void onDeadline(Moment now) {
        if (reach.isOpening() && now.nanos() >= reach.openDeadline()) {
            reach.step(Stage.SPLICE, Outcome.TIMED_OUT, "", now);
            abandonOpening();
            failed(Outcome.TIMED_OUT, now);
        }
        if (handshake != null && now.nanos() >= handshake.deadline) {
            reach.step(Stage.HANDSHAKE, Outcome.TIMED_OUT, "", now);
            giveUp(handshake.line, Outcome.TIMED_OUT, now);
        }
        for (Line line : List.copyOf(lines)) {
            if (now.nanos() >= deadline(line)) {
                endSilence(line, now);
            }
        }
        proceed(now);
    }

    private void endSilence(Line line, Moment now) {
        if (line.isWaitedFor()) {
            reach.step(Stage.ACKNOWLEDGED, Outcome.TIMED_OUT, "", now);
            giveUp(line, Outcome.TIMED_OUT, now);
        } else {
            owner.close(line);
        }
    }

    private void giveUp(Line line, Outcome outcome, Moment now) {
        failed(outcome, now);
        owner.close(line);
    }
}
