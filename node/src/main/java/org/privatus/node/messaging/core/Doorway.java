package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.node.store.Blob;
import org.privatus.node.store.SessionId;

/// Handshakes that others begin: a bounded table, the oldest dropped first.
final class Doorway {
    private final Conversations owner;
    private final Surroundings around;
    private final SequencedMap<SessionId, HalfOpen> halfOpen = new LinkedHashMap<>();

    Doorway(Conversations owner, Surroundings around) {
        this.owner = owner;
        this.around = around;
    }

    int size() {
        return halfOpen.size();
    }

    void hello(Line line, Frame.Hello hello) throws MalformedPacketException {
        if (halfOpen.containsKey(hello.session()) || owner.knows(hello.session()) || !line.mayBeGreeted()) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        line.paused = true;
        around.effects().compute(new WelcomeJob(around, line, hello));
    }

    void computed(WelcomeJob job, Moment now) throws MalformedPacketException {
        if (!job.line.open || halfOpen.containsKey(job.hello.session())) {
            job.erase();
            return;
        }
        if (job.answered().isEmpty()) {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
        WelcomeJob.Answered answered = job.answered().orElseThrow();
        long expires = now.nanos() + around.settings().halfOpenNanos();
        SessionId id = job.hello.session();
        halfOpen.put(
                id, new HalfOpen(id, answered.handshake(), answered.ratchet().secret(), expires));
        while (halfOpen.size() > around.settings().maxHalfOpen()) {
            drop(halfOpen.firstEntry().getValue());
        }
        job.line.send(new Frame.Welcome(answered.message()), now.nanos());
    }

    void introduction(Line line, Frame.Introduction introduction, Moment now) throws MalformedPacketException {
        if (owner.knows(introduction.session())) {
            return;
        }
        HalfOpen waiting = halfOpen.get(introduction.session());
        if (waiting == null) {
            owner.sayNoSession(line, around.digest(introduction.payload()), now);
        } else if (waiting.met().isPresent()) {
            HalfOpen.Met met = waiting.met().get();
            if (met.introduction().equals(introduction.payload())) {
                owner.bind(line, met.conversation(), now);
            }
        } else if (!waiting.isAccepting()) {
            waiting.accepting(true);
            line.paused = true;
            around.effects().compute(new AcceptJob(around, line, waiting, introduction));
        }
    }

    void computed(AcceptJob job, Moment now) throws MalformedPacketException {
        HalfOpen waiting = job.halfOpen;
        waiting.accepting(false);
        Optional<AcceptJob.Accepted> accepted = job.accepted();
        if (halfOpen.get(waiting.id) != waiting) {
            job.erase();
            waiting.erase();
        } else if (accepted.isEmpty()) {
            if (waiting.handshake.isFinished()) {
                drop(waiting);
            }
            throw new MalformedPacketException(Reason.BAD_TAG);
        } else {
            meet(job, accepted.get(), now);
        }
    }

    private void meet(AcceptJob job, AcceptJob.Accepted accepted, Moment now) throws MalformedPacketException {
        Conversation conversation = owner.meet(accepted.address(), now);
        var session = new Session(job.halfOpen.id, owner.nextOrdinal(), false, accepted.ratchet(), Blob.EMPTY);
        conversation.sessions().add(session);
        job.halfOpen.meet(new HalfOpen.Met(conversation, session, job.introduction.payload()));
        if (job.line.open) {
            owner.bind(job.line, conversation, now);
        }
    }

    void settled(SessionId session) {
        halfOpen.remove(session);
    }

    private void drop(HalfOpen dropped) {
        halfOpen.remove(dropped.id);
        if (dropped.met().isPresent()) {
            HalfOpen.Met met = dropped.met().get();
            owner.forget(met.conversation(), met.session());
        } else if (!dropped.isAccepting()) {
            dropped.erase();
        }
    }

    /// In the order in which they were put, since all last equally long.
    long deadline() {
        return halfOpen.isEmpty() ? Long.MAX_VALUE : halfOpen.firstEntry().getValue().expires;
    }

    void onDeadline(long now) {
        while (deadline() <= now) {
            drop(halfOpen.firstEntry().getValue());
        }
    }

    void eraseAll() {
        for (HalfOpen one : new ArrayList<>(halfOpen.values())) {
            drop(one);
        }
    }
}
