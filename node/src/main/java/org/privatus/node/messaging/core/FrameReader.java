package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// Cuts a splice's bytes into frames. Holds at most one unfinished frame.
final class FrameReader {
    private final byte[] header = new byte[Frame.HEADER_LENGTH];
    private int headerLength;
    private byte[] payload = new byte[0];
    private int payloadLength;

    /// The frames that these bytes complete. Throws when a frame cannot be; the stream is of no use then.
    List<Frame> append(byte[] bytes) throws MalformedPacketException {
        var frames = new ArrayList<Frame>();
        int at = 0;
        while (at < bytes.length) {
            at += headerLength < header.length ? readHeader(bytes, at) : readPayload(bytes, at);
            if (headerLength == header.length && payloadLength == payload.length) {
                frames.add(Frame.decode(header[0] & 0xff, payload));
                headerLength = 0;
                payload = new byte[0];
                payloadLength = 0;
            }
        }
        return frames;
    }

    private int readHeader(byte[] bytes, int at) throws MalformedPacketException {
        int count = Math.min(header.length - headerLength, bytes.length - at);
        System.arraycopy(bytes, at, header, headerLength, count);
        headerLength += count;
        if (headerLength == header.length) {
            int length = ((header[1] & 0xff) << 8) | (header[2] & 0xff);
            if (!Frame.isPossible(header[0] & 0xff, length)) {
                throw new MalformedPacketException(Reason.BAD_VALUE);
            }
            payload = new byte[length];
        }
        return count;
    }

    private int readPayload(byte[] bytes, int at) {
        int count = Math.min(payload.length - payloadLength, bytes.length - at);
        System.arraycopy(bytes, at, payload, payloadLength, count);
        payloadLength += count;
        return count;
    }
}
