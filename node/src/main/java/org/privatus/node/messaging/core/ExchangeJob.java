package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.store.Blob;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.SealedText;

/// One conversation's turn: opens what has arrived, seals what is to go, and saves the ratchets that moved. Acknowledgements
/// of what it opened are sealed in the same turn, so that one transaction holds both.
final class ExchangeJob extends MessagingJob {
    final Conversation conversation;
    private final Surroundings around;

    /// In the order in which an envelope is tried.
    private final List<Session> sessions;

    private final List<Received> received;
    private final List<Outgoing> toSeal;
    private final @Nullable Session sealUnder;
    private final @Nullable Session answerUnder;
    private final boolean acknowledge;
    private final SequencedSet<MessageId> acknowledgementsDue;

    private final List<Opened> opened = new ArrayList<>();
    private final List<Received> unreadable = new ArrayList<>();
    private final SequencedMap<Outgoing, SealedText> sealed = new LinkedHashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final SequencedMap<Session, Blob> moved = new LinkedHashMap<>();

    private int malformed;
    private boolean complained;

    /// An envelope and the splice it came on.
    record Received(Line line, Blob envelope, EnvelopeDigest digest) {}

    /// What was in it.
    record Opened(Received received, Session session, Content content) {}

    /// Something sealed that is sent once: it is made again when it is needed again.
    ///
    /// @param line where it belongs, if that is still open
    record Answer(Optional<Line> line, Session session, Blob envelope, EnvelopeDigest digest) {}

    /// What was gathered for a gathered.
    ///
    /// @param sealUnder the session for texts, if there is one
    /// @param answerUnder the session for answers that belong to no envelope of this turn
    /// @param acknowledge whether the writer is a contact, who is told what arrived
    record Gathered(
            List<Session> sessions,
            List<Received> received,
            List<Outgoing> toSeal,
            Optional<Session> sealUnder,
            Optional<Session> answerUnder,
            boolean acknowledge,
            SequencedSet<MessageId> acknowledgementsDue) {}

    ExchangeJob(Surroundings around, Conversation conversation, Gathered gathered) {
        this.around = around;
        this.conversation = conversation;
        this.sessions = gathered.sessions();
        this.received = gathered.received();
        this.toSeal = gathered.toSeal();
        this.sealUnder = gathered.sealUnder().orElse(null);
        this.answerUnder = gathered.answerUnder().orElse(null);
        this.acknowledge = gathered.acknowledge();
        this.acknowledgementsDue = gathered.acknowledgementsDue();
    }

    @Override
    public void run() {
        received.forEach(this::open);
        if (acknowledge) {
            acknowledgeOpened();
            answer(answerUnder, Optional.empty(), List.copyOf(acknowledgementsDue), Content.Acknowledgement::new);
            complain();
        }
        if (sealUnder != null) {
            Session session = sealUnder;
            toSeal.forEach(text -> sealed.put(text, seal(session, text)));
        }
        moved.replaceAll((session, none) -> Blob.of(session.ratchet.save()));
    }

    private void open(Received one) {
        byte[] envelope = one.envelope().toBytes();
        for (Session session : sessions) {
            switch (session.ratchet.open(envelope, around.keys())) {
                case DoubleRatchet.Opening.Opened(Blob plaintext) -> {
                    moved.put(session, Blob.EMPTY);
                    decode(one, session, plaintext);
                    return;
                }
                case DoubleRatchet.Opening.Spent spent -> {
                    unreadable.add(one);
                    return;
                }
                case DoubleRatchet.Opening.Forged forged -> {
                    return;
                }
                case DoubleRatchet.Opening.Foreign foreign -> {}
            }
        }
        unreadable.add(one);
    }

    /// Content that cannot be is dropped: its writer is authentic, but not one of ours.
    private void decode(Received one, Session session, Blob plaintext) {
        try {
            opened.add(new Opened(one, session, Content.decode(plaintext.toBytes())));
        } catch (MalformedPacketException e) {
            malformed++;
        }
    }

    /// Each under the session that its text came in, which the other side certainly has, and on the same splice.
    private void acknowledgeOpened() {
        var ids = new LinkedHashMap<Session, Map<Line, List<MessageId>>>();
        for (Opened one : opened) {
            if (one.content() instanceof Content.Text text) {
                ids.computeIfAbsent(one.session(), session -> new LinkedHashMap<>())
                        .computeIfAbsent(one.received().line(), line -> new ArrayList<>())
                        .add(text.id());
            }
        }
        ids.forEach((session, lines) ->
                lines.forEach((line, list) -> answer(session, Optional.of(line), list, Content.Acknowledgement::new)));
    }

    private void complain() {
        Session lately = opened.isEmpty() ? answerUnder : opened.getLast().session();
        complained = lately != null && lately.ratchet.canSeal();
        answer(
                lately,
                Optional.empty(),
                unreadable.stream().map(Received::digest).toList(),
                Content.Unreadable::new);
    }

    private <T> void answer(
            @Nullable Session session, Optional<Line> line, List<T> values, Function<List<T>, Content> make) {
        if (session == null || !session.ratchet.canSeal()) {
            return;
        }
        for (int from = 0; from < values.size(); from += Content.MAX_LISTED) {
            List<T> some = values.subList(from, Math.min(values.size(), from + Content.MAX_LISTED));
            Blob envelope = seal(session, make.apply(List.copyOf(some)));
            answers.add(new Answer(line, session, envelope, around.digest(envelope)));
        }
    }

    private SealedText seal(Session session, Outgoing text) {
        Blob envelope = seal(session, new Content.Text(text.id, text.createdAt, text.text));
        return new SealedText(session.id, around.digest(envelope), envelope);
    }

    private Blob seal(Session session, Content content) {
        moved.put(session, Blob.EMPTY);
        return Blob.of(session.ratchet.seal(content.encode(), around.keys()));
    }

    List<Opened> opened() {
        return opened;
    }

    /// What fits no session here, or has been used: it is to be sealed again, if it was a text.
    List<Received> unreadable() {
        return unreadable;
    }

    /// Whether the answers say what was unreadable.
    boolean complained() {
        return complained;
    }

    SequencedMap<Outgoing, SealedText> sealed() {
        return sealed;
    }

    List<Answer> answers() {
        return answers;
    }

    /// The sessions whose ratchets moved, and where to.
    SequencedMap<Session, Blob> moved() {
        return moved;
    }

    /// Envelopes that opened and hold nothing that can be.
    int malformed() {
        return malformed;
    }

    boolean hasWork() {
        return !received.isEmpty() || !toSeal.isEmpty() || !acknowledgementsDue.isEmpty();
    }

    /// As if every envelope turned the ratchet.
    @Override
    public Cost cost() {
        return Cost.agreements(received.isEmpty() ? 0 : DoubleRatchet.AGREEMENTS_TO_OPEN + received.size());
    }
}
