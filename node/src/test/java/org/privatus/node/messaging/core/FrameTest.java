package org.privatus.node.messaging.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.store.Blob;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.SessionId;
import org.privatus.testing.Seeded;

class FrameTest {
    private static final List<Frame> ALL = List.of(
            new Frame.Hello(new SessionId(1, 2), bytes(Handshakes.FIRST_LENGTH)),
            new Frame.Welcome(bytes(Handshakes.SECOND_LENGTH)),
            new Frame.Introduction(new SessionId(3, 4), bytes(Handshakes.THIRD_LENGTH)),
            new Frame.Sealed(bytes(352 + DoubleRatchet.OVERHEAD)),
            new Frame.Sealed(bytes(33_024 + DoubleRatchet.OVERHEAD)),
            new Frame.NoSession(new EnvelopeDigest(5, 6)));

    @Seeded
    void frames_come_back_however_the_stream_is_cut(long seed) throws MalformedPacketException {
        var random = new SplittableRandom(seed);
        var stream = new ByteArrayOutputStream();
        var sent = new ArrayList<Frame>();
        for (int i = 0; i < 30; i++) {
            Frame frame = ALL.get(random.nextInt(ALL.size()));
            sent.add(frame);
            stream.writeBytes(frame.encode());
        }
        byte[] bytes = stream.toByteArray();
        var reader = new FrameReader();
        var received = new ArrayList<Frame>();
        for (int at = 0; at < bytes.length; ) {
            int next = Math.min(bytes.length, at + 1 + random.nextInt(1_500));
            received.addAll(reader.append(Arrays.copyOfRange(bytes, at, next)));
            at = next;
        }
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void a_stream_that_is_cut_short_holds_no_frame() throws MalformedPacketException {
        for (Frame frame : ALL) {
            byte[] encoded = frame.encode();
            for (int length = 0; length < Math.min(encoded.length, 2_000); length++) {
                assertThat(new FrameReader().append(Arrays.copyOf(encoded, length)))
                        .isEmpty();
            }
            assertThat(new FrameReader().append(encoded)).containsExactly(frame);
        }
    }

    @Test
    void a_length_that_cannot_be_is_refused_before_anything_is_kept_for_it() {
        for (byte[] header : List.of(
                new byte[] {4, (byte) 0xff, (byte) 0xff}, new byte[] {9, 0, 1}, new byte[] {1, 0, 0}, new byte[] {
                    5, 0, 17
                })) {
            assertThatThrownBy(() -> new FrameReader().append(header)).isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void a_greeting_of_another_version_is_refused() {
        byte[] hello = ALL.getFirst().encode();
        hello[Frame.HEADER_LENGTH] = 2;
        assertThatThrownBy(() -> new FrameReader().append(hello)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void a_short_text_and_its_acknowledgement_fit_a_cell() {
        assertThat(new Frame.Sealed(bytes(Content.SIZE_CLASSES.getFirst() + DoubleRatchet.OVERHEAD)).encode().length)
                .isLessThanOrEqualTo(460);
    }

    @Seeded
    void random_bytes_are_refused(long seed) {
        byte[] bytes = new byte[100_000];
        new SplittableRandom(seed).nextBytes(bytes);
        assertThatThrownBy(() -> new FrameReader().append(bytes)).isInstanceOf(MalformedPacketException.class);
    }

    private static Blob bytes(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 1);
        return Blob.of(bytes);
    }
}
