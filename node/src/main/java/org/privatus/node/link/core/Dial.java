package org.privatus.node.link.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.handshake.FinishJob;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.FrameWriter;

/// A handshake that we began, up to message 2, and what waits for it. Message 1 is repeated, the same bytes, until message 2 comes or time is up.
///
/// One that is not to be finished carries a single request in message 1 and is gone with its answer.
final class Dial extends Timed implements Carrier, Addressee {
    private static final byte[] NOT_WRITTEN = {};

    /// Cookie replies that are read: as many as messages 1 are sent, and some that others made.
    private static final int COOKIE_LIMIT = 16;

    private static final int COOKIES_SHOWN_AT_ONCE = 3;

    /// After as many messages 1 with a token it is thought to be of no use.
    private static final int SENDS_WITH_TOKEN = 2;

    /// After as many messages 1 without any answer the next lower version is tried, if there is one.
    private static final int SENDS_OF_VERSION = 3;

    final Contact to;
    final long localId;

    /// Whether it goes on to message 3.
    final boolean finishing;

    /// Requests that wait, in order: mostly one.
    private final List<Waiting> requests = new ArrayList<>(1);

    /// Those of them that message 3 carries; the place is the number on the link.
    private List<Waiting> riding = List.of();

    /// Channels that wait, in order.
    private List<Channel> channels = List.of();

    private final LinkContext context;
    private final Dialer dialer;

    private HandshakeContext spoken;
    private @Nullable HandshakeState handshake;
    private byte[] message1 = NOT_WRITTEN;
    private long firstSentNanos;
    private long lastSentNanos;
    private long hopelessAt = NEVER;
    private long repeatAt = NEVER;
    private int sends;
    private int sendsOfVersion;

    /// Whether the peer has said that it speaks this version, so that no lower one will do.
    private boolean insists;

    private int cookies;
    private boolean jobOut = true;
    private boolean over;

    /// Whether message 1 shows a token instead of padding.
    boolean showsToken;

    /// A request that waits. The same object wherever it waits.
    static final class Waiting {
        final long requestId;
        final byte[] body;

        private Waiting(long requestId, byte[] body) {
            this.requestId = requestId;
            this.body = body;
        }
    }

    Dial(LinkContext context, Dialer dialer, Contact to, boolean finishing) {
        this.context = context;
        this.dialer = dialer;
        this.to = to;
        this.localId = context.newLinkId();
        this.finishing = finishing;
        this.spoken = context.handshakes;
    }

    /// In which version the peer is called.
    HandshakeContext spoken() {
        return spoken;
    }

    boolean hasRoomForRequest() {
        return requests.size() < context.settings.waitingPerDial();
    }

    boolean hasRoomForChannel() {
        return channels.size() < context.settings.waitingPerDial();
    }

    void wait(long requestId, byte[] body) {
        requests.add(new Waiting(requestId, body));
        context.requests.put(requestId, this);
    }

    void wait(Channel channel) {
        if (channels.isEmpty()) {
            channels = new ArrayList<>();
        }
        channels.add(channel);
        context.channels.put(channel.name, channel);
    }

    /// As many requests as fit into message 3, in order, as frames. They stay in the list until there is a link.
    byte[] framesForMessage3() {
        WireWriter out = WireWriter.allocate(FinishJob.Message3.MOST_FRAMES);
        riding = new ArrayList<>();
        for (Waiting request : requests) {
            if (out.remaining() < FrameType.REQUEST_HEAD + request.body.length) {
                break;
            }
            FrameWriter.request(out, riding.size(), request.body);
            riding.add(request);
        }
        return out.toBytes();
    }

    /// Puts what waits on the link that this dial has become, whose message 3 carries the first requests.
    void becomes(Link link, long now) {
        for (Waiting request : riding) {
            boolean stillWaits = requests.remove(request);
            link.noteRiding(request.requestId, stillWaits ? Optional.of(request.body) : Optional.empty(), now);
        }
        moveTo(link, now);
    }

    /// Puts what waits on a link.
    void moveTo(Link link, long now) {
        for (Waiting request : takeRequests()) {
            link.ask(request.requestId, request.body, now);
        }
        for (Channel channel : takeChannels()) {
            link.open(channel, now);
        }
    }

    List<Waiting> takeRequests() {
        var all = new ArrayList<Waiting>(requests);
        requests.clear();
        return all;
    }

    List<Channel> takeChannels() {
        List<Channel> all = channels;
        channels = List.of();
        return all;
    }

    /// The one request of a dial that is not to be finished, as long as somebody waits for it.
    Optional<Waiting> onlyRequest() {
        return requests.isEmpty() ? Optional.empty() : Optional.of(requests.getFirst());
    }

    @Override
    public void send(Channel channel, byte[] run, long now) {
        throw new IllegalStateException("channel is not ready");
    }

    @Override
    public void consumed(Channel channel, int cells, long now) {
        throw new IllegalStateException("channel is not ready");
    }

    @Override
    public void close(Channel channel, long now) {
        if (!channels.isEmpty()) {
            channels.remove(channel);
        }
        context.channels.remove(channel.name);
    }

    @Override
    public void cancel(long requestId, long now) {
        requests.removeIf(request -> request.requestId == requestId);
        if (!finishing) {
            dialer.forget(this);
        }
    }

    /// Whether it has led somewhere or nowhere: what a job of it finds out is of no use any more.
    boolean isOver() {
        return over;
    }

    boolean isJobOut() {
        return jobOut;
    }

    /// Message 1 is written: sends it.
    void call(byte[] message, HandshakeState state, long now) {
        jobOut = false;
        message1 = message;
        handshake = state;
        if (sends == 0) {
            firstSentNanos = now;
            hopelessAt = now + context.settings.handshakeTimeoutNanos();
        }
        sendMessage1(now);
    }

    /// A cookie reply is no silence.
    private boolean mayFallBack() {
        return !insists && cookies == 0 && spoken.lower().isPresent();
    }

    private void callIn(HandshakeContext version) {
        spoken = version;
        sendsOfVersion = 0;
        callAnew();
    }

    /// The peer, to whom a lower version got through, speaks this one too: begins anew with it and no other. Not while a job is out.
    void insistOn(HandshakeContext version) {
        insists = true;
        callIn(version);
    }

    /// Another message 1, padded.
    private void callAnew() {
        if (handshake != null) {
            handshake.erase();
            handshake = null;
        }
        jobOut = true;
        context.deadlines.update(this);
        dialer.startPadded(this);
    }

    private void sendMessage1(long now) {
        lastSentNanos = now;
        sends++;
        sendsOfVersion++;
        repeatAt = now + context.handshakeRetry(sends);
        context.transmit(to.endpoint(), message1);
        context.deadlines.update(this);
    }

    /// Shows the cookie from now on: the same message but `mac2`. A message 1 that has just been answered by a cookie reply is sent again at once, but
    /// not for every reply: whoever sees messages 1 pass can forge them. Returns false if the reply is of no use.
    boolean onCookieReply(byte[] reply, long now) {
        if (jobOut || cookies == COOKIE_LIMIT) {
            return false;
        }
        cookies++;
        Optional<byte[]> shown = spoken.showCookie(to.key(), message1, reply);
        shown.ifPresent(message -> show(message, now));
        return shown.isPresent();
    }

    private void show(byte[] message, long now) {
        message1 = message;
        if (cookies <= COOKIES_SHOWN_AT_ONCE) {
            lastSentNanos = now;
            context.transmit(to.endpoint(), message1);
        }
    }

    /// Hands the handshake to a job; nothing is repeated meanwhile.
    HandshakeState lend() {
        if (handshake == null || jobOut) {
            throw new IllegalStateException("no handshake to lend");
        }
        jobOut = true;
        context.deadlines.update(this);
        return handshake;
    }

    /// Whether a message 2 is from whom we call. Not while a job is out.
    boolean isProved(byte[] message2) {
        return handshake != null && context.handshakes.isProved(handshake, message2);
    }

    /// Since message 1 was first sent: an upper bound of the round trip.
    long elapsedNanos(long now) {
        return now - firstSentNanos;
    }

    /// Since message 1 was last sent: the round trip, if it was that one which was answered. Good enough to begin with.
    long likelyRoundTripNanos(long now) {
        return now - lastSentNanos;
    }

    @Override
    long deadlineNanos() {
        return jobOut ? NEVER : Math.min(repeatAt, hopelessAt);
    }

    @Override
    void onDeadline(long now) {
        if (hopelessAt <= now) {
            dialer.fail(this);
        } else if (showsToken && sends == SENDS_WITH_TOKEN) {
            // It may be of no use any more: the peer was started anew, or we are seen elsewhere.
            callAnew();
        } else if (sendsOfVersion == SENDS_OF_VERSION && mayFallBack()) {
            callIn(spoken.lower().orElseThrow());
        } else if (sends < context.settings.handshakeAttempts()) {
            sendMessage1(now);
        } else {
            repeatAt = NEVER;
            context.deadlines.update(this);
        }
    }

    /// Forgets its deadline and erases the secrets, unless a job has them: then they are erased when it comes back.
    void end() {
        over = true;
        context.deadlines.remove(this);
        if (handshake != null && !jobOut) {
            handshake.erase();
        }
    }
}
