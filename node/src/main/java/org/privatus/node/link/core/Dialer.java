package org.privatus.node.link.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.noise.SessionKeys;
import org.privatus.node.link.core.handshake.DialJob;
import org.privatus.node.link.core.handshake.FinishJob;
import org.privatus.node.link.core.handshake.Identified;
import org.privatus.node.link.core.packet.PacketProtection;

/// The handshakes that we begin: questions to strangers, which end with message 2, and dials that become links.
final class Dialer {
    private final LinkContext context;
    private final LinkTable links;
    private final Link.LinkOwner owner;

    /// Dials that are to become links, one to a peer.
    private final Map<NodeKey, Dial> finishing = new LinkedHashMap<>();

    private final TokenStore tokens;
    private int dials;

    Dialer(LinkContext context, LinkTable links, Link.LinkOwner owner) {
        this.context = context;
        this.links = links;
        this.owner = owner;
        this.tokens = new TokenStore(context.settings.addressTokens());
    }

    int size() {
        return dials;
    }

    /// The dial that is to become a link to that peer.
    Optional<Dial> find(NodeKey peer) {
        return Optional.ofNullable(finishing.get(peer));
    }

    /// Asks somebody with whom there is no link.
    void ask(long requestId, Contact to, byte[] body, boolean finish, long now) {
        NodeKey key = to.key();
        Dial underWay = finishing.get(key);
        if (underWay != null && underWay.hasRoomForRequest()) {
            underWay.wait(requestId, body);
            return;
        }
        if (underWay != null || isFull() || key.equals(context.self)) {
            context.effects.requestFailed(requestId);
            return;
        }
        Dial dial = new Dial(context, this, to, finish);
        dial.wait(requestId, body);
        start(dial, finish ? Optional.empty() : Optional.of(body), now);
    }

    /// Opens a channel to somebody with whom there is no link.
    void open(long name, Contact to, long now) {
        Dial dial = finishing.get(to.key());
        boolean isNew = dial == null;
        if (dial == null) {
            if (isFull() || to.key().equals(context.self)) {
                context.effects.channelClosed(name, ChannelEnd.UNREACHABLE);
                return;
            }
            dial = new Dial(context, this, to, true);
        } else if (!dial.hasRoomForChannel()) {
            context.effects.channelClosed(name, ChannelEnd.LIMIT);
            return;
        }
        dial.wait(new Channel(name, dial, -1, true));
        if (isNew) {
            start(dial, Optional.empty(), now);
        }
    }

    private boolean isFull() {
        return dials >= context.settings.dialLimit();
    }

    private void start(Dial dial, Optional<byte[]> early, long now) {
        dials++;
        context.addressees.put(dial.localId, dial);
        if (dial.finishing) {
            finishing.put(dial.to.key(), dial);
        }
        context.counters.handshakesStarted++;
        OptionalLong token = tokens.take(dial.to, now);
        dial.showsToken = token.isPresent();
        context.effects.compute(new Begin(dial, early, token));
    }

    /// The peer does not seem to take the token, or to speak the version: begins anew without token.
    void startPadded(Dial dial) {
        dial.showsToken = false;
        Optional<byte[]> early =
                dial.finishing ? Optional.empty() : dial.onlyRequest().map(request -> request.body);
        context.effects.compute(new Begin(dial, early, OptionalLong.empty()));
    }

    void computed(Begin job, long now) {
        Dial dial = job.dial;
        if (dial.isOver()) {
            job.erase();
            return;
        }
        if (job.message().isPresent()) {
            dial.call(job.message().get(), job.handshake(), now);
        } else {
            fail(dial);
        }
    }

    /// A datagram of at least {@link PacketLayout#MESSAGE_2_MIN} bytes, which is only read.
    void onMessage2(Dial dial, byte[] datagram) {
        if (dial.isJobOut()) {
            context.counters.drop(DropReason.REPEATED_HANDSHAKE);
            return;
        }
        if (!dial.isProved(datagram)) {
            context.counters.drop(DropReason.FORGED);
            return;
        }
        Optional<FinishJob.Message3> last = dial.finishing
                ? Optional.of(new FinishJob.Message3(context.flags, dial.framesForMessage3()))
                : Optional.empty();
        context.effects.compute(new Finish(dial, datagram, last));
    }

    void computed(Finish job, long now) {
        Dial dial = job.dial;
        if (dial.isOver()) {
            job.erase();
            return;
        }
        if (job.failure().isPresent()) {
            context.counters.drop(DropReason.ofHandshake(job.failure().get()));
            job.erase();
            giveUp(dial, job);
            return;
        }
        job.token().ifPresent(token -> tokens.keep(dial.to, token, now));
        job.observed().ifPresent(endpoint -> context.effects.endpointObserved(dial.to, endpoint));
        if (job.peer().isPresent()) {
            becomeLink(dial, job, job.peer().get(), now);
        } else {
            deliverAnswer(dial, job, now);
        }
    }

    /// Whoever keeps us from the better version gains nothing but that the dial fails.
    private void giveUp(Dial dial, FinishJob job) {
        boolean pushedBack = job.best() > dial.spoken().version();
        context.handshakes
                .speaking(job.best())
                .filter(_ -> pushedBack)
                .ifPresentOrElse(dial::insistOn, () -> fail(dial));
    }

    private void deliverAnswer(Dial dial, FinishJob job, long now) {
        job.erase();
        forget(dial);
        dial.onlyRequest().ifPresent(request -> {
            context.requests.remove(request.requestId);
            if (job.answer().isPresent()) {
                context.effects.answerArrived(request.requestId, job.answer().get(), dial.elapsedNanos(now));
            } else {
                context.effects.requestFailed(request.requestId);
            }
        });
    }

    private void becomeLink(Dial dial, FinishJob job, Identified peer, long now) {
        SessionKeys keys = job.keys().orElseThrow();
        byte[] message3 = job.message3().orElseThrow();
        forget(dial);
        if (!links.makeRoom()) {
            context.counters.drop(DropReason.LINKS_FULL);
            job.erase();
            failWaiting(dial);
            return;
        }
        Contact contact = new Contact(peer.key(), peer.proof(), peer.flags(), dial.to.endpoint());
        var protection = new PacketProtection(context.suite, keys);
        var link = new Link(
                context, owner, dial.localId, job.responderId(), protection, contact, Optional.of(message3), now);
        link.sampleRtt(dial.likelyRoundTripNanos(now));
        links.add(link);
        context.transmit(contact.endpoint(), message3);
        context.effects.peerVerified(contact, peer.nonce(), true, dial.elapsedNanos(now));
        dial.becomes(link, now);
        link.flush(now);
    }

    /// Nobody could be reached.
    void fail(Dial dial) {
        forget(dial);
        failWaiting(dial);
    }

    private void failWaiting(Dial dial) {
        dial.takeRequests().forEach(request -> context.failRequest(request.requestId));
        dial.takeChannels().forEach(channel -> context.endChannel(channel, ChannelEnd.UNREACHABLE));
    }

    /// The dial is no more; what waits for it is the caller's business.
    void forget(Dial dial) {
        if (context.addressees.remove(dial.localId, dial)) {
            dials--;
            if (dial.finishing) {
                finishing.remove(dial.to.key(), dial);
            }
            dial.end();
        }
    }

    /// Writes message 1 of a dial, which may be over when it comes back.
    static final class Begin extends DialJob {
        private final Dial dial;

        private Begin(Dial dial, Optional<byte[]> request, OptionalLong token) {
            super(dial.spoken(), dial.to.key(), dial.localId, request, token);
            this.dial = dial;
        }
    }

    /// Reads message 2, and goes on if the dial does.
    static final class Finish extends FinishJob {
        private final Dial dial;

        private Finish(Dial dial, byte[] message2, Optional<FinishJob.Message3> wanted) {
            super(dial.spoken(), dial.lend(), dial.to.key(), message2, wanted);
            this.dial = dial;
        }
    }
}
