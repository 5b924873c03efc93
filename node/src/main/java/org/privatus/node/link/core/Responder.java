package org.privatus.node.link.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.HalfOpen.Stage;
import org.privatus.node.link.core.handshake.AcceptJob;
import org.privatus.node.link.core.handshake.AddressTokens;
import org.privatus.node.link.core.handshake.AnswerJob;
import org.privatus.node.link.core.handshake.Cookies;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.handshake.Identified;
import org.privatus.node.link.core.handshake.Message2;
import org.privatus.node.link.core.handshake.VerifyJob;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.PacketProtection;

/// The handshakes that others begin with us. Nothing is sent but in answer to a datagram, and never more bytes than that datagram had.
final class Responder {
    private final LinkContext context;
    private final LinkTable links;
    private final Dialer dialer;
    private final HalfOpenTable table;
    private final HandshakeBudget budget;

    /// Made with the first message 1.
    private @Nullable AddressTokens tokens;

    /// Made with the first message 1 that is too many.
    private @Nullable Cookies cookies;

    private final Owner owner;

    /// Is told what strangers ask, and of links.
    interface Owner extends Link.LinkOwner {
        void requestArrived(HalfOpen from, byte[] body);
    }

    Responder(LinkContext context, LinkTable links, Dialer dialer, Owner owner) {
        this.context = context;
        this.links = links;
        this.dialer = dialer;
        this.owner = owner;
        this.table = new HalfOpenTable(context);
        this.budget = new HandshakeBudget(context.settings, context::unpredictable);
    }

    int size() {
        return table.size();
    }

    /// A datagram whose length is one of a message 1; it is only read.
    ///
    /// @param spoken of the datagram's version
    void onMessage1(HandshakeContext spoken, Endpoint from, long initiatorId, byte[] datagram, long now) {
        if (!spoken.knowsUs(datagram)) {
            context.counters.drop(DropReason.BAD_MAC1);
            return;
        }
        HalfOpenKey key = HalfOpenKey.of(datagram, from);
        Optional<HalfOpen> known = table.find(key);
        if (known.isPresent()) {
            known.get()
                    .takeMessage2(now)
                    .ifPresentOrElse(
                            message -> context.transmit(from, message),
                            () -> context.counters.drop(DropReason.REPEATED_HANDSHAKE));
            return;
        }
        if (budget.isLoadedBy(now) && !cookies().isShown(datagram, from, now)) {
            context.counters.drop(DropReason.COOKIE_ASKED);
            context.transmit(from, cookies().reply(datagram, from, now));
            return;
        }
        if (!budget.tryStart(from, now)) {
            context.counters.drop(DropReason.OVERLOADED);
            return;
        }
        accept(spoken, key, initiatorId, datagram, now);
    }

    private void accept(HandshakeContext spoken, HalfOpenKey key, long initiatorId, byte[] datagram, long now) {
        Endpoint from = key.from();
        boolean isShort = datagram.length < PacketLayout.MESSAGE_1_LENGTH;
        Optional<AddressTokens.Expected> expected =
                isShort ? Optional.of(tokens().expected(from, now)) : Optional.empty();
        long token = tokens().issue(from, now);
        var reply = new Message2(initiatorId, context.newLinkId(), from, context.flags, token);
        var halfOpen = new HalfOpen(spoken, key, reply, isShort, now, context.settings.halfOpenLifetimeNanos());
        table.add(halfOpen);
        context.effects.compute(new Accept(datagram, halfOpen, expected));
    }

    private AddressTokens tokens() {
        AddressTokens known = tokens;
        if (known == null) {
            known = new AddressTokens(context.handshakes);
            tokens = known;
        }
        return known;
    }

    private Cookies cookies() {
        Cookies known = cookies;
        if (known == null) {
            known = new Cookies(context.handshakes);
            cookies = known;
        }
        return known;
    }

    void computed(Accept job, long now) {
        budget.jobReturned();
        HalfOpen halfOpen = job.halfOpen;
        if (halfOpen.stage() != Stage.READING) {
            job.erase();
        } else if (job.failure().isPresent()) {
            context.counters.drop(halfOpen.isShort ? DropReason.NOT_PADDED : DropReason.BAD_HANDSHAKE);
            table.remove(halfOpen);
        } else if (job.request().isPresent()) {
            halfOpen.asked(job.handshake());
            owner.requestArrived(halfOpen, job.request().get());
        } else {
            halfOpen.answered(job.handshake(), job.message2().orElseThrow());
            table.expectMore(halfOpen);
            sendMessage2(halfOpen, now);
        }
    }

    /// The answer to what message 1 asked.
    void answer(HalfOpen halfOpen, byte[] body) {
        if (halfOpen.stage() == Stage.ASKED) {
            context.effects.compute(new Answer(halfOpen, body));
        }
    }

    void computed(Answer job, long now) {
        HalfOpen halfOpen = job.halfOpen;
        if (halfOpen.stage() != Stage.ANSWERING) {
            job.erase();
        } else if (job.message2().isEmpty()) {
            context.counters.drop(DropReason.BAD_HANDSHAKE);
            table.remove(halfOpen);
        } else {
            job.erase();
            halfOpen.served(job.message2().get());
            sendMessage2(halfOpen, now);
        }
    }

    private void sendMessage2(HalfOpen halfOpen, long now) {
        context.counters.handshakesAnswered++;
        halfOpen.takeMessage2(now).ifPresent(message -> context.transmit(halfOpen.from(), message));
    }

    /// A datagram of at least {@link PacketLayout#MESSAGE_3_MIN} bytes, which is only read.
    void onMessage3(HalfOpen halfOpen, Endpoint from, byte[] datagram) {
        if (!from.equals(halfOpen.from())) {
            context.counters.drop(DropReason.WRONG_ENDPOINT);
        } else if (halfOpen.stage() != Stage.ANSWERED) {
            context.counters.drop(DropReason.REPEATED_HANDSHAKE);
        } else if (!halfOpen.isProved(datagram)) {
            context.counters.drop(DropReason.FORGED);
        } else {
            context.effects.compute(new Verify(halfOpen, datagram));
        }
    }

    /// A data packet that has overtaken message 3, or came while it is read; may be kept. Nobody probes a path
    /// before it knows that we have the link, so none is longer than the first ones, and what a stranger makes us keep is bounded.
    void onEarlyPacket(HalfOpen halfOpen, Endpoint from, byte[] datagram) {
        boolean expected = halfOpen.stage() == Stage.ANSWERED || halfOpen.stage() == Stage.VERIFYING;
        if (!expected) {
            context.counters.drop(DropReason.UNKNOWN_LINK);
        } else if (!from.equals(halfOpen.from())) {
            context.counters.drop(DropReason.WRONG_ENDPOINT);
        } else if (datagram.length > PacketLayout.MAX_PACKET) {
            context.counters.drop(DropReason.TOO_LONG);
        } else if (!halfOpen.keep(datagram)) {
            context.counters.drop(DropReason.QUEUE_FULL);
        }
    }

    void computed(Verify job, long now) {
        HalfOpen halfOpen = job.halfOpen;
        if (halfOpen.stage() != Stage.VERIFYING) {
            job.erase();
        } else if (job.failure().isPresent()) {
            turnDown(halfOpen, job, DropReason.ofHandshake(job.failure().get()));
        } else {
            decide(halfOpen, job, job.peer().orElseThrow(), now);
        }
    }

    /// What happens when two nodes dialed each other at once, or a peer lost its link, is drawn in the package's documentation.
    private void decide(HalfOpen halfOpen, VerifyJob job, Identified peer, long now) {
        Optional<Link> existing = links.find(peer.key());
        boolean crossed = existing.isPresent() && existing.get().crosses(halfOpen.begunNanos);
        if (peer.key().equals(context.self)) {
            turnDown(halfOpen, job, DropReason.BAD_HANDSHAKE);
        } else if (crossed && context.self.compareTo(peer.key()) < 0) {
            turnDown(halfOpen, job, DropReason.SIMULTANEOUS);
        } else if (existing.isEmpty() && !links.makeRoom()) {
            turnDown(halfOpen, job, DropReason.LINKS_FULL);
        } else {
            accept(halfOpen, job, peer, existing, now);
        }
    }

    private void accept(HalfOpen halfOpen, VerifyJob job, Identified peer, Optional<Link> existing, long now) {
        var contact = new Contact(peer.key(), peer.proof(), peer.flags(), halfOpen.from());
        var protection = new PacketProtection(context.suite, job.keys().orElseThrow());
        var link = new Link(
                context,
                owner,
                halfOpen.localId(),
                halfOpen.reply.initiatorId(),
                protection,
                contact,
                Optional.empty(),
                now);
        link.sampleRtt(halfOpen.likelyRoundTripNanos(now));
        existing.ifPresent(links::remove);
        links.add(link);
        context.effects.peerVerified(contact, peer.nonce(), false, halfOpen.elapsedNanos(now));
        existing.ifPresent(old -> endReplaced(old, link, now));
        dialer.find(peer.key()).ifPresent(dial -> {
            dialer.forget(dial);
            dial.moveTo(link, now);
        });
        List<byte[]> kept = halfOpen.takeKept();
        halfOpen.done();
        link.onFirstFrames(job.frames(), now);
        kept.forEach(packet -> link.receive(contact.endpoint(), packet, 0, packet.length, now));
        link.flush(now);
    }

    /// What was on a link that the peer never had moves over; on one that it had and lost, everything ends.
    private void endReplaced(Link old, Link link, long now) {
        if (!old.isConfirmed()) {
            link.takeOver(old, now);
        }
        old.end(ChannelEnd.LINK_REPLACED);
    }

    private void turnDown(HalfOpen halfOpen, VerifyJob job, DropReason reason) {
        context.counters.drop(reason);
        job.erase();
        halfOpen.done();
    }

    /// Reads message 1 of a handshake, which may be no more when it comes back.
    static final class Accept extends AcceptJob {
        private final HalfOpen halfOpen;

        private Accept(byte[] message1, HalfOpen halfOpen, Optional<AddressTokens.Expected> expectedTokens) {
            super(halfOpen.spoken, message1, halfOpen.reply, expectedTokens);
            this.halfOpen = halfOpen;
        }
    }

    /// Answers what message 1 asked.
    static final class Answer extends AnswerJob {
        private final HalfOpen halfOpen;

        private Answer(HalfOpen halfOpen, byte[] body) {
            super(halfOpen.spoken, halfOpen.lend(Stage.ANSWERING), halfOpen.reply, body);
            this.halfOpen = halfOpen;
        }
    }

    /// Reads message 3.
    static final class Verify extends VerifyJob {
        private final HalfOpen halfOpen;

        private Verify(HalfOpen halfOpen, byte[] message3) {
            super(halfOpen.spoken, halfOpen.lend(Stage.VERIFYING), message3);
            this.halfOpen = halfOpen;
        }
    }
}
