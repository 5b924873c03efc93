package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.messaging.core.ExchangeJob.Answer;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.AttemptStep.Outcome;
import org.privatus.node.store.AttemptStep.Stage;
import org.privatus.node.store.Blob;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.SealedText;
import org.privatus.node.store.SessionId;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoreChange;
import org.privatus.node.store.StoredPerson;

/// What goes on between us and one person: splices, the handshake that we began, sending what is committed, trying again.
/// What is known of the person is a {@link Correspondent}, what moves ratchets are {@link Turns}.
final class Conversation {
    private static final int MAX_HANDSHAKES_PER_SPLICE = 2;

    private final Conversations owner;
    private final Surroundings around;
    private final Correspondent who;
    private final Turns turns;
    private final Reach reach;
    private final List<Line> lines = new ArrayList<>();
    private @Nullable OwnHandshake handshake;
    private boolean gone;

    Conversation(Conversations owner, Surroundings around, StoredPerson person, boolean stored, long now) {
        this.owner = owner;
        this.around = around;
        this.who = new Correspondent(around, person, stored);
        this.turns = new Turns(owner, around, this, who);
        this.reach = new Reach(around.settings(), around.behaviour(), now);
    }

    PersonKey key() {
        return who.key();
    }

    Correspondent who() {
        return who;
    }

    StoredPerson person() {
        return who.person();
    }

    Standing standing() {
        return who.standing();
    }

    boolean isStored() {
        return who.isStored();
    }

    boolean isGone() {
        return gone;
    }

    Sessions sessions() {
        return who.sessions;
    }

    Reach reach() {
        return reach;
    }

    boolean hasLines() {
        return !lines.isEmpty();
    }

    // What our user wants.

    MessageId send(String text, Moment now) {
        MessageId id = MessageId.random(around.keys());
        who.outbox.add(new Outgoing(id, text, now.epochMillis(), now.nanos()));
        reach.hasten(now.nanos());
        proceed(now);
        return id;
    }

    List<StoreChange> accept(StoredPerson accepted, Moment now) {
        reach.scatter(now.nanos());
        return who.accept(accepted);
    }

    List<StoreChange> silence(StoredPerson silenced) {
        turns.dropInbox();
        abandonOpening();
        return who.silence(silenced);
    }

    /// The sessions and what waits to be sent are forgotten; this object is of no more use.
    List<StoreChange> leave(StoredPerson stranger) {
        var changes = new ArrayList<>(silence(stranger));
        who.sessions.all().forEach(session -> changes.add(new StoreChange.RemoveSession(key(), session.id)));
        vanish();
        return changes;
    }

    /// Whatever is still on its way finds nobody.
    void vanish() {
        gone = true;
        dropHandshake();
        abandonOpening();
        turns.stop();
        List.copyOf(lines).forEach(owner::close);
    }

    // Splices.

    void bind(Line line, Moment now) {
        line.bind(this);
        lines.add(line);
        who.online(true);
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
        boolean wasNeeded = who.outbox.waitsOn(line) || isHandshakeOn(line);
        forget(line);
        if (wasNeeded && !gone) {
            failed(Outcome.CLOSED, now);
        }
        proceed(now);
    }

    /// As {@link #closed}, and it is no failure.
    void forget(Line line) {
        lines.remove(line);
        who.outbox.closed(line);
        if (isHandshakeOn(line)) {
            dropHandshake();
        }
        if (lines.isEmpty()) {
            who.dropAcknowledgements();
            who.online(false);
        }
    }

    void failed(Outcome outcome, Moment now) {
        reach.failed(outcome, now).ifPresent(this::keep);
    }

    void succeeded(Moment now) {
        reach.step(Stage.ACKNOWLEDGED, Outcome.OK, "", now);
        reach.succeeded(now).ifPresent(this::keep);
    }

    private void keep(Attempt attempt) {
        turns.add(new StoreChange.AddAttempt(key(), attempt, around.settings().attemptsKept()));
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
        if (!who.acknowledgesAgain(digest) && !turns.receive(line, envelope, digest)) {
            owner.close(line);
        }
        proceed(now);
    }

    void noSession(Line line, EnvelopeDigest digest, Moment now) {
        line.sessionOf(digest).ifPresent(turns::refuse);
        proceed(now);
    }

    void welcomed(Line line, Frame.Welcome welcome) {
        if (handshake != null && handshake.line == line) {
            SessionId session = handshake.session;
            handshake
                    .take()
                    .ifPresent(state -> around.effects()
                            .compute(new IntroduceJob(around, this, line, session, state, welcome.message())));
        }
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
        if (who.sessions.forTexts().isPresent()) {
            made.ratchet().erase();
        } else {
            who.sessions.add(new Session(id, owner.nextOrdinal(), true, made.ratchet(), made.introduction()));
        }
    }

    void computed(ExchangeJob job, Moment now) {
        turns.computed(job, now);
        proceed(now);
    }

    /// Takes the next turn if there is reason to, and does what else is due.
    void proceed(Moment now) {
        if (!gone) {
            turns.next(now);
            flush(now);
            pursue(now);
        }
    }

    // Sending. Only what is committed.

    void committed(Turn finished, Moment now) {
        if (!standing().isSilenced()) {
            finished.job.answers().forEach(answer -> send(answer, now));
        }
        proceed(now);
    }

    private void send(Answer answer, Moment now) {
        Optional<Line> line = answer.line().filter(one -> one.open).or(this::latestLine);
        line.ifPresent(one -> send(one, answer.session(), answer.digest(), answer.envelope(), now));
    }

    private void send(Line line, Session session, EnvelopeDigest digest, Blob envelope, Moment now) {
        if (!session.introduction.isEmpty() && line.introduces(session.id)) {
            line.remember(around.digest(session.introduction), session.id);
            line.send(Frame.Introduction.of(session.introduction), now.nanos());
        }
        line.remember(digest, session.id);
        line.send(new Frame.Sealed(envelope), now.nanos());
        if (line.isClogged()) {
            owner.close(line);
        }
    }

    /// Sends what is sealed and not on its way, behind what already is, so that texts keep their order.
    private void flush(Moment now) {
        Optional<Line> best = who.outbox.lineInUse().or(this::latestLine);
        if (best.isPresent() && who.isContact()) {
            who.outbox.unsent().forEach(text -> flush(text, best.get(), now));
        }
    }

    private void flush(Outgoing text, Line line, Moment now) {
        SealedText sealed = text.sealed;
        Optional<Session> session = sealed == null ? Optional.empty() : who.sessions.find(sealed.session());
        if (sealed == null || session.isEmpty() || !line.open) {
            return;
        }
        text.line = line;
        if (line.waits(now.nanos())) {
            reach.step(Stage.SENT, Outcome.OK, "", now);
        }
        send(line, session.get(), sealed.digest(), sealed.envelope(), now);
    }

    private Optional<Line> latestLine() {
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast());
    }

    // Reaching.

    private boolean wantsLine() {
        return who.isContact() && (!who.outbox.isEmpty() || who.owesAcknowledgements());
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
        } else if (handshake == null
                && !who.outbox.isEmpty()
                && who.sessions.forTexts().isEmpty()) {
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

    private boolean isHandshakeOn(Line line) {
        return handshake != null && handshake.line == line;
    }

    private void dropHandshake() {
        if (handshake != null) {
            handshake.erase();
            handshake = null;
        }
    }

    /// A session that was never committed, and will not be.
    void forget(Session session) {
        if (!session.committed && turns.isIdle()) {
            who.sessions.remove(session);
            session.erase();
        }
    }

    void moved(PersonAddress address) {
        who.moved(address);
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
        for (Line line : List.copyOf(lines)) {
            if (now.nanos() >= deadline(line)) {
                endSilence(line, now);
            }
        }
        proceed(now);
    }

    private void endSilence(Line line, Moment now) {
        if (isHandshakeOn(line)) {
            reach.step(Stage.HANDSHAKE, Outcome.TIMED_OUT, "", now);
            giveUp(line, Outcome.TIMED_OUT, now);
        } else if (line.isWaitedFor()) {
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
