package org.privatus.node.link.core;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.handshake.MessageLimits;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.Versions;

/// All links of one socket: tells datagrams apart, begins and answers handshakes, and leads to the peers. The protocol is described in the package.
///
/// **How it is called.** One thread at a time. Every input carries the time in nanoseconds of a monotonic clock and may cause effects, which are said to
/// the {@link LinkEffects} before the input returns; these must not call back. After each input {@link #deadlineNanos()} may be another one: once it has
/// come, {@link #onDeadline} wants to be called. A job that was handed out comes back through {@link #computed}, on whatever thread it ran.
///
/// Inputs about requests and channels that are no more do nothing: an owner cannot know yet what is being said to it.
public final class Links {
    /// The longest body of a request.
    public static final int MAX_REQUEST = MessageLimits.MAX_REQUEST;

    /// The longest body of an answer.
    public static final int MAX_ANSWER = MessageLimits.MAX_ANSWER;

    /// The length of a cell.
    public static final int CELL_LENGTH = Channel.CELL_LENGTH;

    private final LinkContext context;
    private final LinkTable links;
    private final Dialer dialer;
    private final Responder responder;
    private final PeerRequests peerRequests;

    /// No link yet; nothing happens before the first input.
    ///
    /// @param keys for secrets, link ids and challenges; used by jobs too, on their threads
    /// @param behaviour for jitter
    public Links(
            LinkSettings settings,
            NodeIdentity self,
            NetworkId network,
            CryptoSuite suite,
            SecureRandom keys,
            RandomGenerator behaviour,
            LinkEffects effects) {
        this(settings, self, network, suite, keys, behaviour, effects, Versions.CURRENT);
    }

    /// The same, speaking these versions of the protocol.
    Links(
            LinkSettings settings,
            NodeIdentity self,
            NetworkId network,
            CryptoSuite suite,
            SecureRandom keys,
            RandomGenerator behaviour,
            LinkEffects effects,
            Versions versions) {
        this.context = new LinkContext(settings, self, network, suite, keys, behaviour, effects, versions);
        var owner = new Owner();
        this.links = new LinkTable(context);
        this.dialer = new Dialer(context, links, owner);
        this.responder = new Responder(context, links, dialer, owner);
        this.peerRequests = new PeerRequests(settings.answersOwed());
    }

    /// The flags that peers are to put into our contact: {@link Contact#RELAYS}. Who is told from now on hears the new ones.
    public void setFlags(int flags) {
        context.flags = flags;
    }

    /// Takes a datagram, which is the links' to keep and is only read: whoever sent it may have to send it again, the same array.
    public void onDatagram(Endpoint from, byte[] datagram, long now) {
        int length = datagram.length;
        context.counters.datagramsReceived++;
        context.counters.bytesReceived += length;
        if (length == 0 || !PacketLayout.isLink(datagram[0])) {
            drop(DropReason.NOT_A_LINK_PACKET);
        } else if (PacketLayout.isData(datagram[0])) {
            onDataPacket(from, datagram, now);
        } else if (length > PacketLayout.MAX_DATAGRAM) {
            drop(DropReason.TOO_LONG);
        } else {
            onHandshakePacket(from, datagram, now);
        }
    }

    private void onDataPacket(Endpoint from, byte[] datagram, long now) {
        if (datagram.length < PacketLayout.DATA_MIN) {
            drop(DropReason.TOO_SHORT);
            return;
        }
        switch (addressee(datagram, PacketLayout.DATA_LINK_ID_OFFSET)) {
            case Link link -> link.onPacket(from, datagram, 0, datagram.length, now);
            case HalfOpen halfOpen -> responder.onEarlyPacket(halfOpen, from, datagram);
            case Dial _ -> drop(DropReason.UNKNOWN_LINK);
            case null -> drop(DropReason.UNKNOWN_LINK);
        }
    }

    private void onHandshakePacket(Endpoint from, byte[] datagram, long now) {
        if (datagram.length < PacketLayout.MESSAGE_1_NOISE_OFFSET) {
            drop(DropReason.TOO_SHORT);
            return;
        }
        if (datagram.length > PacketLayout.MAX_PACKET) {
            drop(DropReason.TOO_LONG);
            return;
        }
        Optional<HandshakeContext> spoken = context.handshakes.speaking(datagram[PacketLayout.VERSION_OFFSET] & 0xff);
        if (spoken.isEmpty()) {
            drop(DropReason.BAD_VERSION);
            return;
        }
        switch (datagram[0] & 0xff) {
            case PacketLayout.MESSAGE_1 -> onMessage1(spoken.get(), from, datagram, now);
            case PacketLayout.MESSAGE_2 -> onMessage2(from, datagram);
            case PacketLayout.MESSAGE_3 -> onMessage3(from, datagram, now);
            case PacketLayout.COOKIE_REPLY -> onCookieReply(from, datagram, now);
            default -> drop(DropReason.UNKNOWN_KIND);
        }
    }

    private void onMessage1(HandshakeContext spoken, Endpoint from, byte[] datagram, long now) {
        if (!PacketLayout.isMessage1Length(datagram.length)) {
            drop(DropReason.NOT_PADDED);
            return;
        }
        long initiatorId = linkId(datagram, PacketLayout.HANDSHAKE_LINK_ID_OFFSET);
        responder.onMessage1(spoken, from, initiatorId, datagram, now);
    }

    private void onMessage2(Endpoint from, byte[] datagram) {
        if (!(addressee(datagram, PacketLayout.HANDSHAKE_LINK_ID_OFFSET) instanceof Dial dial)) {
            drop(DropReason.UNKNOWN_LINK);
        } else if (!from.equals(dial.to.endpoint())) {
            drop(DropReason.WRONG_ENDPOINT);
        } else if (datagram.length < PacketLayout.MESSAGE_2_MIN) {
            drop(DropReason.TOO_SHORT);
        } else {
            dialer.onMessage2(dial, datagram);
        }
    }

    private void onCookieReply(Endpoint from, byte[] datagram, long now) {
        if (!(addressee(datagram, PacketLayout.HANDSHAKE_LINK_ID_OFFSET) instanceof Dial dial)) {
            drop(DropReason.UNKNOWN_LINK);
        } else if (!from.equals(dial.to.endpoint())) {
            drop(DropReason.WRONG_ENDPOINT);
        } else if (datagram.length != PacketLayout.COOKIE_REPLY_LENGTH || !dial.onCookieReply(datagram, now)) {
            drop(DropReason.BAD_COOKIE);
        }
    }

    private void onMessage3(Endpoint from, byte[] datagram, long now) {
        if (datagram.length < PacketLayout.MESSAGE_3_MIN) {
            drop(DropReason.TOO_SHORT);
            return;
        }
        switch (addressee(datagram, PacketLayout.HANDSHAKE_LINK_ID_OFFSET)) {
            case HalfOpen halfOpen -> responder.onMessage3(halfOpen, from, datagram);
            case Link link when link.isRepeatOfMessage3(from) -> link.onRepeatedMessage3(now);
            case Link _ -> drop(DropReason.REPEATED_HANDSHAKE);
            case Dial _ -> drop(DropReason.UNKNOWN_LINK);
            case null -> drop(DropReason.UNKNOWN_LINK);
        }
    }

    /// A job that was handed out has been run.
    public void computed(Job job, long now) {
        switch (job) {
            case Dialer.Begin begin -> dialer.computed(begin, now);
            case Dialer.Finish finish -> dialer.computed(finish, now);
            case Responder.Accept accept -> responder.computed(accept, now);
            case Responder.Answer answer -> responder.computed(answer, now);
            case Responder.Verify verify -> responder.computed(verify, now);
            case PostQuantum.KemJob kem -> kem.computed(now);
            default -> throw new IllegalArgumentException("not a job of links: " + job);
        }
    }

    /// When {@link #onDeadline} wants to be called; `Long.MAX_VALUE` if never.
    public long deadlineNanos() {
        return context.deadlines.earliest();
    }

    /// Does what is due by now. Does nothing when called too early.
    public void onDeadline(long now) {
        for (var due = context.deadlines.pollDue(now); due.isPresent(); due = context.deadlines.pollDue(now)) {
            due.get().onDeadline(now);
        }
    }

    /// Asks a node. Over its link if there is one. Else: without `finishHandshake` in message 1, which must be idempotent then, and nothing stays; with
    /// it in message 3 or behind it, and there is a link afterwards.
    ///
    /// @param requestId chosen by the caller, not in use
    /// @param body at most {@link #MAX_REQUEST} bytes
    public void request(long requestId, Contact to, byte[] body, boolean finishHandshake, long now) {
        if (body.length > MAX_REQUEST) {
            throw new IllegalArgumentException("a request of " + body.length + " bytes");
        }
        Optional<Link> link = links.find(to.key());
        if (link.isPresent()) {
            link.get().ask(requestId, body, now);
        } else {
            dialer.ask(requestId, to, body, finishHandshake, now);
        }
    }

    /// Nobody waits for the answer any more. A question to a stranger is given up altogether.
    public void cancel(long requestId, long now) {
        Carrier carrier = context.requests.remove(requestId);
        if (carrier != null) {
            carrier.cancel(requestId, now);
        }
    }

    /// Nobody waits for any answer any more: whoever asked is no more, and its successor counts anew.
    public void cancelAll(long now) {
        for (long id : context.requests.ids()) {
            cancel(id, now);
        }
    }

    /// Answers what a peer asked.
    ///
    /// @param body at most {@link #MAX_ANSWER} bytes
    public void answer(long handle, byte[] body, long now) {
        if (body.length > MAX_ANSWER) {
            throw new IllegalArgumentException("an answer of " + body.length + " bytes");
        }
        switch (peerRequests.take(handle)) {
            case PeerRequests.From.Peer(Link link, long wireId) -> link.answer(wireId, body, now);
            case HalfOpen halfOpen -> responder.answer(halfOpen, body);
            case null -> {}
        }
    }

    /// Opens a channel to a node, which is dialed if there is no link. {@link LinkEffects#channelReady} or {@link LinkEffects#channelClosed} follows.
    ///
    /// @param channel chosen by the caller ({@link org.privatus.crypto.wire.ChannelIds}), never used before
    public void openChannel(long channel, Contact to, long now) {
        Optional<Link> link = links.find(to.key());
        if (link.isPresent()) {
            var opened = new Channel(channel, link.get(), -1, true);
            context.channels.put(channel, opened);
            link.get().open(opened, now);
        } else {
            dialer.open(channel, to, now);
        }
    }

    /// Sends cells on an open channel, within its credit: more is a bug of the caller's and throws.
    ///
    /// @param run cells of 512 bytes, one after the other; the array belongs to the link from now on
    public void send(long channel, byte[] run, long now) {
        if (run.length == 0 || run.length % CELL_LENGTH != 0) {
            throw new IllegalArgumentException("cells of " + run.length + " bytes");
        }
        Channel open = context.channels.get(channel);
        if (open != null) {
            open.carrier().send(open, run, now);
        }
    }

    /// The owner of a channel has done with so many of the cells that it was given: as many more may come.
    public void consumed(long channel, int cells, long now) {
        Channel open = context.channels.get(channel);
        if (open != null) {
            open.carrier().consumed(open, cells, now);
        }
    }

    /// Inputs to come belong together: links wait with sending until {@link #release}, so that two cells share a packet and one acknowledgement
    /// does for many. Handshakes do not wait.
    public void hold() {
        context.holding = true;
    }

    /// No more inputs that belong together: what has gathered since {@link #hold()} is sent.
    public void release(long now) {
        context.holding = false;
        context.handOverCells();
        context.takeHeld().forEach(link -> link.flush(now));
    }

    /// Closes a channel. What was sent on it before still arrives; nothing more is heard of it here.
    public void closeChannel(long channel, long now) {
        Channel open = context.channels.get(channel);
        if (open != null) {
            open.carrier().close(open, now);
        }
    }

    public LinkStatistics statistics() {
        return new LinkStatistics(
                links.size(),
                links.idleCount(),
                dialer.size(),
                responder.size(),
                context.channels.size(),
                context.counters);
    }

    /// One for each link, in order of their beginning.
    public List<LinkView> links() {
        return links.all().stream().map(Link::view).toList();
    }

    /// Tells all peers that we leave, and ends everything. For a node that stops.
    public void closeAll() {
        links.all().forEach(link -> link.closeForGood(ChannelEnd.LINK_CLOSED));
    }

    private @Nullable Addressee addressee(byte[] buffer, int offset) {
        return context.addressees.get(linkId(buffer, offset));
    }

    private static long linkId(byte[] buffer, int offset) {
        try {
            return new WireReader(buffer, offset, PacketLayout.LINK_ID_LENGTH).u64();
        } catch (MalformedPacketException e) {
            throw new IllegalStateException("the length was checked", e);
        }
    }

    private void drop(DropReason reason) {
        context.counters.drop(reason);
    }

    private final class Owner implements Responder.Owner {
        @Override
        public void requestArrived(HalfOpen from, byte[] body) {
            long handle = peerRequests.add(from);
            context.effects.requestArrived(handle, Optional.empty(), from.from(), body);
        }

        @Override
        public void requestArrived(Link link, long wireId, byte[] body) {
            long handle = peerRequests.add(new PeerRequests.From.Peer(link, wireId));
            Contact peer = link.peer();
            context.effects.requestArrived(handle, Optional.of(peer), peer.endpoint(), body);
        }

        @Override
        public void linkIdle(Link link) {
            links.onIdle();
        }

        @Override
        public void linkEnded(Link link) {
            if (links.remove(link)) {
                context.effects.linkClosed(link.peer().key());
            }
        }
    }
}
