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
import org.privatus.node.messaging.core.ExchangeJob.Gathered;
import org.privatus.node.messaging.core.ExchangeJob.Opened;
import org.privatus.node.messaging.core.ExchangeJob.Received;
import org.privatus.node.messaging.core.Turn.Arrived;
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

/// Everything that moves a ratchet goes through here, one turn at a time. A turn gathers what has come in and what is to go
/// out, gives it to an {@link ExchangeJob}, makes one transaction of the result, and lets nothing out before that is
/// committed. Ratchets in memory are ahead of the store during a turn only; what comes in meanwhile waits, in order and
/// bounded.
final class Turns {
    private static final int MAX_INBOX = 128;
    private static final int MAX_PER_TURN = 16;

    private final Conversations owner;
    private final Surroundings around;
    private final Conversation conversation;
    private final Correspondent who;

    private final ArrayDeque<Received> inbox = new ArrayDeque<>();
    private final SequencedSet<SessionId> refused = new LinkedHashSet<>();
    private final List<StoreChange> changesDue = new ArrayList<>();
    private @Nullable Turn turn;
    private boolean stopped;

    Turns(Conversations owner, Surroundings around, Conversation conversation, Correspondent who) {
        this.owner = owner;
        this.around = around;
        this.conversation = conversation;
        this.who = who;
    }

    /// Whether no job has the ratchets and no transaction is on its way.
    boolean isIdle() {
        return turn == null;
    }

    /// False when too much waits already.
    boolean receive(Line line, Blob envelope, EnvelopeDigest digest) {
        return inbox.size() < MAX_INBOX && inbox.add(new Received(line, envelope, digest));
    }

    /// The other side has no such session.
    void refuse(SessionId session) {
        refused.add(session);
    }

    /// Goes into the next transaction.
    void add(StoreChange change) {
        changesDue.add(change);
    }

    void dropInbox() {
        inbox.clear();
    }

    /// No further turn; the keys are erased as soon as no job has them.
    void stop() {
        stopped = true;
        if (turn == null) {
            who.sessions.eraseAll();
        }
    }

    /// Takes the next turn, if there is reason to.
    void next(Moment now) {
        if (turn != null || stopped) {
            return;
        }
        var changes = new ArrayList<>(changesDue);
        changesDue.clear();
        settleRefusals(changes);
        dropSurplus(changes);
        var next =
                new Turn(new ExchangeJob(around, conversation, gather()), who.outbox.unstored(MAX_PER_TURN), changes);
        if (next.isEmpty() && !who.isPresenceDue()) {
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
        Optional<Session> forTexts = who.sessions.forTexts();
        Optional<Session> forAnswers = who.sessions.forAnswers();
        List<Outgoing> texts = forTexts.isEmpty()
                ? List.of()
                : who.outbox.unsealed(around.settings().windowTexts(), MAX_PER_TURN);
        List<Received> envelopes = takeInbox();
        boolean mayAnswer = who.isContact() && conversation.hasLines();
        SequencedSet<MessageId> acknowledgements =
                mayAnswer && forAnswers.isPresent() ? who.takeAcknowledgements() : new LinkedHashSet<>();
        return new Gathered(who.sessions.all(), envelopes, texts, forTexts, forAnswers, mayAnswer, acknowledgements);
    }

    private List<Received> takeInbox() {
        var taken = new LinkedHashMap<EnvelopeDigest, Received>();
        while (!inbox.isEmpty()
                && taken.size() < MAX_PER_TURN
                && !taken.containsKey(inbox.element().digest())) {
            Received next = inbox.remove();
            if (!who.acknowledgesAgain(next.digest())) {
                taken.put(next.digest(), next);
            }
        }
        return List.copyOf(taken.values());
    }

    private void settleRefusals(List<StoreChange> changes) {
        for (SessionId id : refused) {
            who.sessions.find(id).ifPresent(session -> retire(session, changes));
        }
        refused.clear();
    }

    private void retire(Session session, List<StoreChange> changes) {
        session.retired = true;
        session.introduction = Blob.EMPTY;
        if (session.committed) {
            changes.add(new StoreChange.PutSession(session.stored(who.key(), Blob.of(session.ratchet.save()))));
        }
        unseal(session, changes);
    }

    private void unseal(Session session, List<StoreChange> changes) {
        who.outbox.under(session.id).forEach(text -> unseal(text, changes));
    }

    private void unseal(Outgoing text, List<StoreChange> changes) {
        text.sealed = null;
        text.line = null;
        changes.add(new StoreChange.Unseal(who.key(), text.id));
    }

    private void dropSurplus(List<StoreChange> changes) {
        who.sessions.surplus().ifPresent(session -> {
            unseal(session, changes);
            changes.add(new StoreChange.RemoveSession(who.key(), session.id));
            session.erase();
        });
    }

    void computed(ExchangeJob job, Moment now) {
        Turn finished = turn;
        if (stopped || finished == null || finished.job != job) {
            who.sessions.eraseAll();
        } else {
            finish(finished, now);
        }
    }

    /// The job is back, or there was none: makes the transaction.
    private void finish(Turn finished, Moment now) {
        ExchangeJob job = finished.job;
        job.moved().keySet().forEach(Session::refresh);
        owner.countUnreadable(job.malformed());
        if (!who.standing().isSilenced()) {
            job.opened().forEach(one -> take(one, finished, now));
            sayNoSession(job, now);
        }
        store(finished);
        who.presence().ifPresent(finished.changes::add);
        if (who.isStored() && !finished.changes.isEmpty()) {
            owner.commit(finished.changes, (ticket, committed, then) -> committed(finished, committed, then));
        } else {
            turn = null;
        }
    }

    /// Where nothing sealed can say that an envelope was of no use, something unsealed does.
    private void sayNoSession(ExchangeJob job, Moment now) {
        if (who.isContact() && !job.complained()) {
            job.unreadable().forEach(one -> owner.sayNoSession(one.line(), one.digest(), now));
        }
    }

    private void take(Opened one, Turn finished, Moment now) {
        Session session = one.session();
        who.sessions.opened(session);
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
        if (!who.isContact() && !holds(text.id(), finished, now)) {
            return;
        }
        who.seen(now);
        who.mark(received.digest(), text.id());
        finished.changes.add(new StoreChange.AddIncoming(
                who.key(),
                text.id(),
                received.digest(),
                now.epochMillis(),
                text.writtenAt(),
                text.text(),
                !who.isContact()));
    }

    /// Whether a stranger's text is held; the first makes a request of its writer.
    private boolean holds(MessageId id, Turn finished, Moment now) {
        if (who.standing() != Standing.REQUEST) {
            if (!owner.hasRoomForRequest()) {
                return false;
            }
            StoredPerson known = who.person();
            finished.changes.addFirst(who.become(new StoredPerson(
                    known.address(),
                    known.name(),
                    Standing.REQUEST,
                    false,
                    true,
                    now.epochMillis(),
                    now.epochMillis())));
            finished.request = true;
        }
        return who.hold(id);
    }

    private void takeAcknowledgement(MessageId id, Line line, Turn finished, Moment now) {
        who.outbox.acknowledged(id).ifPresent(text -> {
            finished.changes.add(new StoreChange.Acknowledge(who.key(), id, now.epochMillis()));
            finished.acknowledged.add(new Arrived(text, line));
            who.seen(now);
            conversation.succeeded(now);
        });
    }

    /// Sealed by the person: what we sent under another session than this cannot be read there, so that session is over.
    private void takeComplaint(EnvelopeDigest digest, Session under, Turn finished) {
        who.outbox.find(digest).ifPresent(text -> {
            Optional<Session> used =
                    Optional.ofNullable(text.sealed).flatMap(bytes -> who.sessions.find(bytes.session()));
            unseal(text, finished.changes);
            used.filter(session -> session != under).ifPresent(session -> retire(session, finished.changes));
        });
    }

    /// Texts, their sealed bytes and the ratchets that sealed and opened, in one transaction.
    private void store(Turn finished) {
        SequencedMap<Outgoing, SealedText> sealed = finished.job.sealed();
        for (Outgoing text : finished.fresh) {
            if (who.outbox.contains(text)) {
                finished.changes.add(new StoreChange.AddOutgoing(new PendingText(
                        who.key(), text.id, text.createdAt, text.text, Optional.ofNullable(sealed.get(text)))));
            }
        }
        for (Map.Entry<Outgoing, SealedText> entry : sealed.entrySet()) {
            if (who.outbox.contains(entry.getKey()) && !finished.fresh.contains(entry.getKey())) {
                finished.changes.add(new StoreChange.Seal(who.key(), entry.getKey().id, entry.getValue()));
            }
        }
        finished.job
                .moved()
                .forEach((session, ratchet) ->
                        finished.changes.add(new StoreChange.PutSession(session.stored(who.key(), ratchet))));
    }

    private void committed(Turn finished, Committed committed, Moment now) {
        turn = null;
        if (stopped) {
            who.sessions.eraseAll();
            return;
        }
        for (Session session : finished.job.moved().keySet()) {
            session.committed = true;
            owner.settled(session.id);
        }
        finished.fresh.forEach(text -> text.stored = true);
        finished.job.sealed().forEach(who.outbox::sealed);
        tell(finished, committed, now);
        conversation.committed(finished, now);
    }

    private void tell(Turn finished, Committed committed, Moment now) {
        ConversationEffects effects = around.effects();
        finished.fresh.forEach(text -> effects.queued(who.key(), text.id));
        if (finished.request) {
            effects.requestArrived(who.key());
        }
        committed.appeared().forEach(effects::received);
        for (Arrived arrived : finished.acknowledged) {
            Outgoing text = arrived.text();
            if (text.line != null) {
                text.line.progress(who.outbox.waitsOn(text.line), now.nanos());
            }
            effects.acknowledged(who.key(), text.id, arrived.line().splice, text.elapsedMillis(now));
        }
    }
}
