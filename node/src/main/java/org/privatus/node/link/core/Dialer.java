package org.privatus.node.link.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.noise.SessionKeys;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
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

    private int dials;

    Dialer(LinkContext context, LinkTable links, Link.LinkOwner owner) {
        this.context = context;
        this.links = links;
        this.owner = owner;
    }

    int size() {
        return dials;
    }

    /// The dial that is to become a link to that peer.
    Optional<Dial> find(NodeKey peer) {
        return Optional.ofNullable(finishing.get(peer));
    }

    /// Asks somebody with whom there is no link.
    void ask(long requestId, Contact to, byte[] body, boolean finish) {
        Dial underWay = finishing.get(to.key());
        if (underWay != null && underWay.hasRoomForRequest()) {
            underWay.wait(requestId, body);
            return;
        }
        if (underWay != null || isFull() || to.key().equals(context.self)) {
            context.effects.requestFailed(requestId);
            return;
        }
        Dial dial = new Dial(context, this, to, finish);
        dial.wait(requestId, body);
        start(dial, finish ? Optional.empty() : Optional.of(body));
    }

    /// Opens a channel to somebody with whom there is no link.
    void open(long name, Contact to) {
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
            start(dial, Optional.empty());
        }
    }

    private boolean isFull() {
        return dials >= context.settings.dialLimit();
    }

    private void start(Dial dial, Optional<byte[]> early) {
        dials++;
        context.addressees.put(dial.localId, dial);
        if (dial.finishing) {
            finishing.put(dial.to.key(), dial);
        }
        context.counters.handshakesStarted++;
        context.effects.compute(new DialJob(context.handshakes, dial.to.key(), dial.localId, early));
    }

    void computed(DialJob job, long now) {
        if (!(context.addressees.get(job.linkId()) instanceof Dial dial)) {
            job.erase();
            return;
        }
        job.message().ifPresentOrElse(message -> dial.call(message, job.handshake(), now), () -> fail(dial));
    }

    /// A datagram of at least {@link PacketLayout#MESSAGE_2_MIN} bytes, which becomes the dialer's.
    void onMessage2(Dial dial, byte[] datagram) {
        if (dial.isJobOut()) {
            context.counters.drop(DropReason.REPEATED_HANDSHAKE);
            return;
        }
        Optional<FinishJob.Message3> last = dial.finishing
                ? Optional.of(new FinishJob.Message3(context.flags, dial.framesForMessage3()))
                : Optional.empty();
        context.effects.compute(
                new FinishJob(context.handshakes, dial.lend(), dial.to.key(), dial.localId, datagram, last));
    }

    void computed(FinishJob job, long now) {
        if (!(context.addressees.get(job.initiatorId()) instanceof Dial dial)) {
            job.erase();
            return;
        }
        if (!job.isAuthentic()) {
            context.counters.drop(DropReason.BAD_HANDSHAKE);
            dial.giveBack();
            return;
        }
        if (job.failure().isPresent()) {
            boolean puzzle = job.failure().get() == Reason.BAD_PUZZLE;
            context.counters.drop(puzzle ? DropReason.BAD_PUZZLE : DropReason.BAD_HANDSHAKE);
            job.erase();
            fail(dial);
            return;
        }
        job.observed().ifPresent(endpoint -> context.effects.endpointObserved(dial.to, endpoint));
        if (job.peer().isPresent()) {
            becomeLink(dial, job, job.peer().get(), now);
        } else {
            deliverAnswer(dial, job, now);
        }
    }

    private void deliverAnswer(Dial dial, FinishJob job, long now) {
        job.erase();
        Optional<Long> requestId = dial.onlyRequest();
        forget(dial);
        requestId.ifPresent(id -> {
            context.requests.remove(id);
            job.answer()
                    .ifPresentOrElse(
                            answer -> context.effects.answerArrived(id, answer, dial.elapsedNanos(now)),
                            () -> context.effects.requestFailed(id));
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
        dial.takeRequests().keySet().forEach(context::failRequest);
        dial.takeChannels().forEach(channel -> context.endChannel(channel, ChannelEnd.UNREACHABLE));
    }

    /// The dial is no more; what waits for it is the caller's business.
    void forget(Dial dial) {
        if (context.addressees.remove(dial.localId, dial)) {
            dials--;
            finishing.remove(dial.to.key(), dial);
            dial.erase();
        }
    }
}
