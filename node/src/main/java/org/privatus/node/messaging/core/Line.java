package org.privatus.node.messaging.core;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.SessionId;

/// One open splice: frames in, frames out, and whose it is once that is known.
final class Line {
    /// Frames that wait while a job finds out whose the splice is.
    private static final int MAX_WAITING = 64;

    /// What may wait to be sent before the other side counts as not reading.
    private static final int MAX_OUTGOING_BYTES = 2 * 1024 * 1024;

    private static final int MAX_GREETINGS = 2;
    private static final int MAX_SENT = 128;
    private static final long NEVER = Long.MAX_VALUE;

    final long splice;
    private final FrameReader reader = new FrameReader();

    /// Frames that came while the splice was paused.
    final ArrayDeque<Frame> waiting = new ArrayDeque<>();

    /// Whether a job is out that later frames have to wait for.
    boolean paused;

    /// How often this side said that it has no session for what came.
    int refusals;

    /// Handshakes that were begun by us here.
    int handshakes;

    /// When it was opened.
    final long since;

    boolean open = true;
    long lastActivity;

    private final ConversationEffects effects;
    private final ArrayDeque<byte[]> outgoing = new ArrayDeque<>();
    private int outgoingBytes;
    private int offset;
    private int greetings;
    private int writable;
    private long waitingSince = NEVER;
    private @Nullable Conversation conversation;
    private final SequencedSet<SessionId> introduced = new LinkedHashSet<>();
    private final SequencedMap<EnvelopeDigest, SessionId> sent = new LinkedHashMap<>();

    Line(long splice, int writable, ConversationEffects effects, long now) {
        this.splice = splice;
        this.writable = writable;
        this.effects = effects;
        this.lastActivity = now;
        this.since = now;
    }

    Optional<Conversation> conversation() {
        return Optional.ofNullable(conversation);
    }

    void bind(Conversation to) {
        conversation = to;
    }

    List<Frame> append(byte[] bytes) throws MalformedPacketException {
        return reader.append(bytes);
    }

    /// Keeps a frame until the job that is out comes back.
    void await(Frame frame) throws MalformedPacketException {
        if (waiting.size() >= MAX_WAITING) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        waiting.add(frame);
    }

    /// Whether the other side may begin one more handshake here.
    boolean mayBeGreeted() {
        return ++greetings <= MAX_GREETINGS;
    }

    /// Whether the session is to be introduced first; says so once.
    boolean introduces(SessionId session) {
        return introduced.add(session);
    }

    /// Remembers under which session something was sealed, should the other side say that it has none.
    void remember(EnvelopeDigest digest, SessionId session) {
        sent.put(digest, session);
        if (sent.size() > MAX_SENT) {
            sent.pollFirstEntry();
        }
    }

    Optional<SessionId> sessionOf(EnvelopeDigest digest) {
        return Optional.ofNullable(sent.get(digest));
    }

    void send(Frame frame, long now) {
        if (!open) {
            return;
        }
        byte[] bytes = frame.encode();
        outgoing.add(bytes);
        outgoingBytes += bytes.length;
        pump(now);
    }

    /// `bytes` more may be sent.
    void writable(int bytes, long now) {
        writable += bytes;
        pump(now);
    }

    private void pump(long now) {
        while (open && writable > 0 && !outgoing.isEmpty()) {
            byte[] first = outgoing.getFirst();
            int count = Math.min(writable, first.length - offset);
            effects.send(splice, Arrays.copyOfRange(first, offset, offset + count));
            writable -= count;
            outgoingBytes -= count;
            offset += count;
            lastActivity = now;
            if (offset == first.length) {
                outgoing.removeFirst();
                offset = 0;
            }
        }
    }

    /// An acknowledgement is awaited; whether none was before.
    boolean waits(long now) {
        boolean first = waitingSince == NEVER;
        waitingSince = first ? now : waitingSince;
        return first;
    }

    /// An acknowledgement came.
    void progress(boolean more, long now) {
        waitingSince = more ? now : NEVER;
    }

    boolean isWaitedFor() {
        return waitingSince != NEVER;
    }

    long waitingSince() {
        return waitingSince;
    }

    /// Whether more waits than a reading peer would leave.
    boolean isClogged() {
        return outgoingBytes > MAX_OUTGOING_BYTES;
    }
}
