package org.privatus.simulation.results.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The blocks of a capture file in the PCAP Next Generation format (draft-ietf-opsawg-pcapng), little-endian.
///
/// ```
/// block:  type u32 | total length u32 | body, options | total length u32
/// option: code u16 | length u16 | value, padded to 4 bytes; the last is code 0
/// ```
final class PcapngBlocks {
    /// Raw IP, version 4 or 6 as its first four bits say.
    static final int LINK_RAW = 101;

    static final int INBOUND = 1;
    static final int OUTBOUND = 2;

    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int INTERFACE_STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int FRAME_BYTES = 12;
    private static final int SNAP_LENGTH = 65_575;
    private static final int COMMENT = 1;
    private static final int SECTION_APPLICATION = 4;
    private static final int INTERFACE_NAME = 2;
    private static final int INTERFACE_RESOLUTION = 9;
    private static final int PACKET_FLAGS = 2;
    private static final int STATISTICS_RECEIVED = 4;
    private static final int STATISTICS_DROPPED = 5;
    private static final byte NANOSECONDS = 9;
    private static final int COMMENT_MAX = 1000;

    private PcapngBlocks() {}

    static byte[] section(String application, String comment) {
        return block(
                SECTION_HEADER,
                bytes(16)
                        .putInt(BYTE_ORDER_MAGIC)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1),
                text(COMMENT, comment),
                text(SECTION_APPLICATION, application));
    }

    /// Times of its packets are nanoseconds since 1970.
    static byte[] networkInterface(String name) {
        return block(
                INTERFACE_DESCRIPTION,
                bytes(8).putShort((short) LINK_RAW).putShort((short) 0).putInt(SNAP_LENGTH),
                text(INTERFACE_NAME, name),
                option(INTERFACE_RESOLUTION, new byte[] {NANOSECONDS}));
    }

    static byte[] packet(long nanos, byte[] packet, int direction, String comment) {
        ByteBuffer body = bytes(20 + padded(packet.length));
        body.putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        body.putInt(packet.length).putInt(packet.length).put(packet);
        return block(
                ENHANCED_PACKET,
                body,
                option(PACKET_FLAGS, bytes(4).putInt(direction).array()),
                text(COMMENT, comment));
    }

    static byte[] statistics(long nanos, long seen, long left) {
        return block(
                INTERFACE_STATISTICS,
                bytes(12).putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos),
                option(STATISTICS_RECEIVED, bytes(8).putLong(seen).array()),
                option(STATISTICS_DROPPED, bytes(8).putLong(left).array()));
    }

    private static byte[] text(int code, String text) {
        String cut = text.length() > COMMENT_MAX ? text.substring(0, COMMENT_MAX) : text;
        return option(code, cut.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] option(int code, byte[] value) {
        return bytes(4 + padded(value.length))
                .putShort((short) code)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    @SuppressWarnings("ByteBufferBackingArray") // all come from bytes()
    private static byte[] block(int type, ByteBuffer body, byte[]... options) {
        var whole = new ByteArrayOutputStream();
        int length = FRAME_BYTES + body.capacity() + 4;
        for (byte[] option : options) {
            length += option.length;
        }
        whole.writeBytes(bytes(8).putInt(type).putInt(length).array());
        whole.writeBytes(body.array());
        for (byte[] option : options) {
            whole.writeBytes(option);
        }
        whole.writeBytes(bytes(8).putInt(0).putInt(length).array());
        return whole.toByteArray();
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }
}
