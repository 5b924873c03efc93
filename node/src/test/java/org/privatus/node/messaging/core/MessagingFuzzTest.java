package org.privatus.node.messaging.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.testing.Fuzzing.BASE_BYTES;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.link.core.Links;
import org.privatus.node.link.direct.DirectStream;
import org.privatus.node.messaging.core.DoubleRatchet.Opening;
import org.privatus.node.store.Blob;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.SessionId;
import org.privatus.testing.Fuzzing;
import org.privatus.testing.Mutations;
import org.privatus.testing.Seeded;

/// What comes over a splice or a direct channel: frames, envelopes, and what is in them when a correspondent means harm.
class MessagingFuzzTest {
    private static final int SOAK_SECONDS = 60;
    private static final CryptoSuite SUITE = new StandardSuite();

    @Seeded(5)
    void frames_and_contents_are_read_or_refused_and_nothing_else_happens(long seed) {
        decoders().forEach(decoder -> decoder.mutations(seed, 500));
    }

    /// For a minute each.
    @Test
    @Tag("soak")
    void the_same_for_long() {
        decoders().forEach(decoder -> decoder.mutationsFor(SOAK_SECONDS));
    }

    @Seeded(5)
    void envelopes_that_are_nearly_good_do_not_open_and_change_nothing(long seed) throws MalformedPacketException {
        var keys = new PlannedSecureRandom(seed);
        byte[] root = new byte[DoubleRatchet.SEED_LENGTH];
        keys.nextBytes(root);
        X25519KeyPair first = X25519KeyPair.generate(SUITE, keys);
        DoubleRatchet alice = DoubleRatchet.initiator(SUITE, root, first.publicKey(), keys);
        DoubleRatchet bob = DoubleRatchet.responder(SUITE, root, first.secret().clone());
        byte[] text = content();
        byte[] one = alice.seal(text, keys);
        byte[] two = alice.seal(text, keys);
        byte[] before = bob.save();
        var mutations = new Mutations(seed, List.of(one, two));
        for (int i = 0; i < 100; i++) {
            byte[] envelope = mutations.next();
            if (!Arrays.equals(envelope, one) && !Arrays.equals(envelope, two)) {
                assertThat(bob.open(envelope, keys)).isNotInstanceOf(Opening.Opened.class);
            }
        }
        assertThat(bob.save()).isEqualTo(before);
        assertThat(bob.open(one, keys)).isInstanceOf(Opening.Opened.class);
    }

    private static List<Fuzzing> decoders() {
        return List.of(
                new Fuzzing("messaging-frames", BASE_BYTES, 16, frames(), bytes -> new FrameReader().append(bytes)),
                new Fuzzing("content", 16_384, 16, contents(), Content::decode),
                new Fuzzing("direct-cells", BASE_BYTES, 2, runs(), run -> {
                    if (run.length % Links.CELL_LENGTH == 0) {
                        DirectStream.received(run);
                    }
                }));
    }

    private static List<byte[]> frames() {
        return List.of(
                new Frame.Hello(new SessionId(1, 2), blob(Handshakes.FIRST_LENGTH)).encode(),
                new Frame.Welcome(blob(Handshakes.SECOND_LENGTH)).encode(),
                new Frame.Introduction(new SessionId(3, 4), blob(Handshakes.THIRD_LENGTH)).encode(),
                new Frame.Sealed(blob(352 + DoubleRatchet.OVERHEAD)).encode(),
                new Frame.NoSession(new EnvelopeDigest(5, 6)).encode());
    }

    private static List<byte[]> contents() {
        return List.of(
                content(),
                new Content.Acknowledgement(List.of(new MessageId(1, 2), new MessageId(3, 4))).encode(),
                new Content.Unreadable(List.of(new EnvelopeDigest(5, 6))).encode());
    }

    private static byte[] content() {
        return new Content.Text(new MessageId(1, 2), 3, "Grüße").encode();
    }

    private static List<byte[]> runs() {
        byte[] run = new byte[2 * Links.CELL_LENGTH];
        run[1] = 7;
        run[Links.CELL_LENGTH] = 1;
        run[Links.CELL_LENGTH + 1] = (byte) 0xfe;
        return List.of(run);
    }

    private static Blob blob(int length) {
        return Blob.of(new byte[length]);
    }
}
