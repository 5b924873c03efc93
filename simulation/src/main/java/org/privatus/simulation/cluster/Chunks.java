package org.privatus.simulation.cluster;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.simulation.network.RemoteDatagram;
import org.privatus.simulation.shard.Program;
import org.privatus.simulation.shard.WindowEnd;

/// How a batch travels: as chunks of whole datagrams, little-endian, the last of which says how the window ended.
///
/// ```
/// chunk     window 8 | from shard 4 | datagrams 4 | last 1 | end (if last) | datagrams
/// end       earliest 8 | events 8 | stop 1 | totals 1 | each total 8
/// datagram  time 8 | sequence 8 | cause 4 | to node 4 | from endpoint | to endpoint | length 2 | bytes
/// endpoint  address length 1 | address 4 or 16 | port 2
/// ```
final class Chunks {
    static final int WINDOW = 0;
    static final int FROM = 8;
    static final int COUNT = 12;
    static final int LAST = 16;
    static final int HEADER_BYTES = 17;
    static final int END_BYTES_MAX = 18 + Program.TOTALS_MAX * Long.BYTES;

    private static final int EARLIEST = 0;
    private static final int EVENTS = 8;
    private static final int STOP = 16;
    private static final int TOTALS = 17;
    private static final int END_BYTES = 18;

    private static final int SEQUENCE = 8;
    private static final int CAUSE = 16;
    private static final int TO_NODE = 20;
    private static final int DATAGRAM_BYTES = 24;
    private static final int ADDRESS_BYTES_MAX = 16;
    private static final int ENDPOINT_BYTES_MAX = 1 + ADDRESS_BYTES_MAX + Short.BYTES;

    private Chunks() {}

    /// Room that a datagram may need.
    static int room(RemoteDatagram datagram) {
        return DATAGRAM_BYTES + 2 * ENDPOINT_BYTES_MAX + Short.BYTES + datagram.bytes().length;
    }

    static int putEnd(MutableDirectBuffer to, int offset, WindowEnd end) {
        to.putLong(offset + EARLIEST, end.earliestNanos());
        to.putLong(offset + EVENTS, end.events());
        to.putByte(offset + STOP, (byte) (end.stopWanted() ? 1 : 0));
        to.putByte(offset + TOTALS, (byte) end.totals().length);
        int at = offset + END_BYTES;
        for (long total : end.totals()) {
            to.putLong(at, total);
            at += Long.BYTES;
        }
        return at - offset;
    }

    static int putDatagram(MutableDirectBuffer to, int offset, RemoteDatagram datagram) {
        to.putLong(offset, datagram.timeNanos());
        to.putLong(offset + SEQUENCE, datagram.sequence());
        to.putInt(offset + CAUSE, datagram.cause());
        to.putInt(offset + TO_NODE, datagram.toNode());
        int at = offset + DATAGRAM_BYTES;
        at += putEndpoint(to, at, datagram.from());
        at += putEndpoint(to, at, datagram.to());
        to.putShort(at, (short) datagram.bytes().length);
        at += Short.BYTES;
        to.putBytes(at, datagram.bytes());
        return at + datagram.bytes().length - offset;
    }

    private static int putEndpoint(MutableDirectBuffer to, int offset, Endpoint endpoint) {
        byte[] address = endpoint.address();
        to.putByte(offset, (byte) address.length);
        to.putBytes(offset + 1, address);
        to.putShort(offset + 1 + address.length, (short) endpoint.port());
        return 1 + address.length + Short.BYTES;
    }

    /// Reads a chunk from its beginning to its end.
    static final class Cursor {
        private final DirectBuffer buffer = new UnsafeBuffer();
        private int at;

        void wrap(DirectBuffer chunk, int offset, int length) {
            buffer.wrap(chunk, offset, length);
            at = HEADER_BYTES;
        }

        long window() {
            return buffer.getLong(WINDOW);
        }

        int fromShard() {
            return buffer.getInt(FROM);
        }

        int count() {
            return buffer.getInt(COUNT);
        }

        boolean isLast() {
            return buffer.getByte(LAST) != 0;
        }

        WindowEnd end() {
            var totals = new long[buffer.getByte(at + TOTALS)];
            for (int i = 0; i < totals.length; i++) {
                totals[i] = buffer.getLong(at + END_BYTES + i * Long.BYTES);
            }
            var end = new WindowEnd(
                    buffer.getLong(at + EARLIEST), buffer.getLong(at + EVENTS), buffer.getByte(at + STOP) != 0, totals);
            at += END_BYTES + totals.length * Long.BYTES;
            return end;
        }

        RemoteDatagram datagram() {
            long time = buffer.getLong(at);
            long sequence = buffer.getLong(at + SEQUENCE);
            int cause = buffer.getInt(at + CAUSE);
            int toNode = buffer.getInt(at + TO_NODE);
            at += DATAGRAM_BYTES;
            Endpoint from = endpoint();
            Endpoint to = endpoint();
            return new RemoteDatagram(time, cause, sequence, toNode, from, to, bytes());
        }

        private Endpoint endpoint() {
            var address = new byte[buffer.getByte(at)];
            buffer.getBytes(at + 1, address);
            at += 1 + address.length + Short.BYTES;
            return Endpoint.of(address, Short.toUnsignedInt(buffer.getShort(at - Short.BYTES)));
        }

        private byte[] bytes() {
            var bytes = new byte[Short.toUnsignedInt(buffer.getShort(at))];
            buffer.getBytes(at + Short.BYTES, bytes);
            at += Short.BYTES + bytes.length;
            return bytes;
        }
    }
}
