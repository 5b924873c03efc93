package org.privatus.node.link.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.FrameWriter;

/// The datagram frames of one link: our requests until they are answered, and what waits to be sent.
final class OwnRequests {
    private static final long WIRE_IDS = 1L << 32;

    private final Map<Long, Outstanding> byWireId = new LinkedHashMap<>();
    private final ArrayDeque<Frame> queue = new ArrayDeque<>(1);
    private final int outstandingLimit;
    private final int queueLimit;
    private long nextWireId;

    OwnRequests(LinkSettings settings) {
        this.outstandingLimit = settings.requestsPerLink();
        this.queueLimit = settings.queuedDatagramFrames();
    }

    /// A request that was not answered yet.
    static final class Outstanding {
        final long requestId;
        final long sentNanos;
        /// Kept as long as it may have to be asked again on another link.
        byte @Nullable [] body;

        Outstanding(long requestId, byte[] body, long sentNanos) {
            this.requestId = requestId;
            this.body = body;
            this.sentNanos = sentNanos;
        }
    }

    private static final class Frame {
        final boolean isRequest;
        final long wireId;
        final byte[] body;

        Frame(boolean isRequest, long wireId, byte[] body) {
            this.isRequest = isRequest;
            this.wireId = wireId;
            this.body = body;
        }
    }

    /// Notes a request that travels otherwise; numbers are given in order, from 0.
    boolean note(long requestId, byte[] body, long now) {
        if (byWireId.size() >= outstandingLimit) {
            return false;
        }
        byWireId.put(nextWireId, new Outstanding(requestId, body, now));
        skip();
        return true;
    }

    /// Uses up a number for nothing.
    void skip() {
        nextWireId = (nextWireId + 1) % WIRE_IDS;
    }

    /// Notes a request and puts it in the queue. False if there are too many.
    boolean ask(long requestId, byte[] body, long now) {
        long wireId = nextWireId;
        if (queue.size() >= queueLimit || !note(requestId, body, now)) {
            return false;
        }
        queue.add(new Frame(true, wireId, body));
        return true;
    }

    /// Puts an answer in the queue, unless too much is there.
    void answer(long wireId, byte[] body) {
        if (queue.size() < queueLimit) {
            queue.add(new Frame(false, wireId, body));
        }
    }

    Optional<Outstanding> answered(long wireId) {
        return Optional.ofNullable(byWireId.remove(wireId));
    }

    void cancel(long requestId) {
        byWireId.values().removeIf(outstanding -> outstanding.requestId == requestId);
    }

    /// What was asked will not have to be asked again elsewhere.
    void forgetBodies() {
        byWireId.values().forEach(outstanding -> outstanding.body = null);
    }

    List<Outstanding> takeAll() {
        var all = new ArrayList<Outstanding>(byWireId.values());
        byWireId.clear();
        queue.clear();
        return all;
    }

    boolean hasFramesToSend() {
        return !queue.isEmpty();
    }

    /// Writes what waits as long as there is room.
    void write(WireWriter out, int end) {
        while (!queue.isEmpty()) {
            Frame frame = queue.peek();
            if (frame.isRequest && !byWireId.containsKey(frame.wireId)) {
                queue.poll();
                continue;
            }
            if (end - out.position() < FrameType.REQUEST_HEAD + frame.body.length) {
                return;
            }
            queue.poll();
            if (frame.isRequest) {
                FrameWriter.request(out, frame.wireId, frame.body);
            } else {
                FrameWriter.answer(out, frame.wireId, frame.body);
            }
        }
    }
}
