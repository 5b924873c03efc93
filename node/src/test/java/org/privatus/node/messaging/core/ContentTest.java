package org.privatus.node.messaging.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;
import org.privatus.testing.Seeded;

class ContentTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 323, 324, 995, 996, 4_067, 4_068, 16_355, 16_356, 32_768})
    void a_text_comes_back_and_only_its_size_class_shows(int length) throws MalformedPacketException {
        var text = new Content.Text(new MessageId(1, 2), 1_700_000_000_000L, "x".repeat(length));
        byte[] encoded = text.encode();

        assertThat(Content.decode(encoded)).isEqualTo(text);
        assertThat(Content.SIZE_CLASSES).contains(encoded.length);
    }

    @Test
    void a_text_of_any_script_comes_back() throws MalformedPacketException {
        var text = new Content.Text(new MessageId(1, 2), 0, "Grüße, 你好, 👋🏽, \u202Eabc\u0000");

        assertThat(Content.decode(text.encode())).isEqualTo(text);
    }

    @Test
    void acknowledgements_complaints_and_short_texts_look_alike() throws MalformedPacketException {
        var ids = IntStream.range(0, Content.MAX_LISTED)
                .mapToObj(i -> new MessageId(i, i))
                .toList();
        var acknowledgement = new Content.Acknowledgement(ids);
        var complaint = new Content.Unreadable(List.of(new EnvelopeDigest(3, 4)));

        assertThat(Content.decode(acknowledgement.encode())).isEqualTo(acknowledgement);
        assertThat(Content.decode(complaint.encode())).isEqualTo(complaint);
        assertThat(acknowledgement.encode()).hasSameSizeAs(complaint.encode());
        assertThat(complaint.encode()).hasSameSizeAs(new Content.Text(new MessageId(1, 1), 0, "hello").encode());
    }

    @Test
    void the_largest_text_fits_the_largest_class() {
        assertThat(Content.TEXT_OVERHEAD + Content.MAX_TEXT_BYTES).isLessThanOrEqualTo(Content.SIZE_CLASSES.getLast());
        assertThatThrownBy(() -> new Content.Text(new MessageId(1, 1), 0, "x".repeat(40_000)).encode())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void content_that_is_cut_short_is_none() {
        byte[] encoded = new Content.Text(new MessageId(1, 2), 5, "hello").encode();
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> Content.decode(cut)).isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void padding_is_zeros_and_lengths_stay_inside() {
        byte[] encoded = new Content.Text(new MessageId(1, 2), 5, "hello").encode();
        for (int at : new int[] {34, 200, 351}) {
            byte[] changed = encoded.clone();
            changed[at] = 1;
            assertThatThrownBy(() -> Content.decode(changed)).isInstanceOf(MalformedPacketException.class);
        }
        byte[] longer = encoded.clone();
        longer[27] = 9;
        assertThatThrownBy(() -> Content.decode(longer)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        byte[] encoded = new Content.Text(new MessageId(1, 2), 5, "hello").encode();
        encoded[30] = (byte) 0xff;
        assertThatThrownBy(() -> Content.decode(encoded)).isInstanceOf(MalformedPacketException.class);
    }

    @Seeded
    void random_bytes_are_refused_or_read(long seed) {
        var random = new SplittableRandom(seed);
        byte[] bytes = new byte[Content.SIZE_CLASSES.get(random.nextInt(Content.SIZE_CLASSES.size()))];
        random.nextBytes(bytes);
        bytes[0] = (byte) random.nextInt(5);
        Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 0);
        try {
            assertThat(Content.decode(bytes).encode()).isEqualTo(bytes);
        } catch (MalformedPacketException refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }
}
