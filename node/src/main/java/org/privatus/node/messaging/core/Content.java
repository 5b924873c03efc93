package org.privatus.node.messaging.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;

/// What is inside an envelope, padded with zeros to the next of five sizes, so that a length says little: most texts, and
/// all acknowledgements, look alike and fill one cell.
///
/// ```
/// TEXT             kind 1 | id 16 | written at 8 | length 4 | UTF-8
/// ACKNOWLEDGEMENT  kind 1 | count 1 | ids 16 each
/// UNREADABLE       kind 1 | count 1 | digests 16 each
/// ```
sealed interface Content {
    /// The most bytes of UTF-8 in a text.
    int MAX_TEXT_BYTES = 32 * 1024;

    /// The most ids in one acknowledgement and digests in one complaint.
    int MAX_LISTED = 16;

    /// The sizes of plaintexts. The first makes a frame that fits a cell.
    List<Integer> SIZE_CLASSES = List.of(352, 1_024, 4_096, 16_384, 33_024);

    /// A text.
    ///
    /// @param writtenAt epoch milliseconds of the writer's clock
    record Text(MessageId id, long writtenAt, String text) implements Content {}

    /// These texts are kept on the disk of the one who says so.
    record Acknowledgement(List<MessageId> ids) implements Content {}

    /// These envelopes did not open: what is in them is to be sealed again.
    record Unreadable(List<EnvelopeDigest> digests) implements Content {}

    int TEXT = 1;
    int ACKNOWLEDGEMENT = 2;
    int UNREADABLE = 3;
    int TEXT_OVERHEAD = 29;
    int LIST_OVERHEAD = 2;

    /// The length that content of `length` bytes is padded to.
    static int padded(int length) {
        for (int size : SIZE_CLASSES) {
            if (length <= size) {
                return size;
            }
        }
        throw new IllegalArgumentException(length + " bytes of content");
    }

    /// Whether an honest writer's plaintext has this length.
    static boolean isSizeClass(int length) {
        return SIZE_CLASSES.contains(length);
    }

    /// Padded.
    default byte[] encode() {
        return switch (this) {
            case Text text -> {
                byte[] utf8 = text.text().getBytes(StandardCharsets.UTF_8);
                WireWriter out = WireWriter.allocate(padded(TEXT_OVERHEAD + utf8.length));
                out.u8(TEXT);
                text.id().write(out);
                out.u64(text.writtenAt()).u32(utf8.length).bytes(utf8);
                yield out.zeros(out.remaining()).toBytes();
            }
            case Acknowledgement acknowledgement ->
                encodeList(ACKNOWLEDGEMENT, acknowledgement.ids(), MessageId::write);
            case Unreadable unreadable -> encodeList(UNREADABLE, unreadable.digests(), EnvelopeDigest::write);
        };
    }

    private static <T> byte[] encodeList(int kind, List<T> values, BiConsumer<T, WireWriter> write) {
        if (values.isEmpty() || values.size() > MAX_LISTED) {
            throw new IllegalArgumentException(values.size() + " listed");
        }
        WireWriter out = WireWriter.allocate(padded(LIST_OVERHEAD + values.size() * MessageId.LENGTH));
        out.u8(kind).u8(values.size());
        values.forEach(value -> write.accept(value, out));
        return out.zeros(out.remaining()).toBytes();
    }

    static Content decode(byte[] plaintext) throws MalformedPacketException {
        if (!isSizeClass(plaintext.length)) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        var in = new WireReader(plaintext);
        int kind = in.u8();
        Content content = switch (kind) {
            case TEXT -> readText(in);
            case ACKNOWLEDGEMENT -> new Acknowledgement(readList(in, MessageId::read));
            case UNREADABLE -> new Unreadable(readList(in, EnvelopeDigest::read));
            default -> throw new MalformedPacketException(Reason.BAD_VALUE);
        };
        while (in.remaining() > 0) {
            if (in.u8() != 0) {
                throw new MalformedPacketException(Reason.BAD_VALUE);
            }
        }
        return content;
    }

    private static Text readText(WireReader in) throws MalformedPacketException {
        MessageId id = MessageId.read(in);
        long writtenAt = in.u64();
        long length = in.u32();
        if (length > MAX_TEXT_BYTES || writtenAt < 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        byte[] utf8 = in.bytes((int) length);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return new Text(id, writtenAt, text);
        } catch (CharacterCodingException e) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
    }

    private static <T> List<T> readList(WireReader in, Reading<T> reading) throws MalformedPacketException {
        int count = in.u8();
        if (count == 0 || count > MAX_LISTED) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        var values = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            values.add(reading.read(in));
        }
        return List.copyOf(values);
    }

    /// Reads one value.
    interface Reading<T> {
        T read(WireReader in) throws MalformedPacketException;
    }
}
