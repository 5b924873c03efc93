package org.privatus.node.link.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException;

class DirectStreamTest {
    private final DirectStream stream = new DirectStream();

    @Test
    void small_pieces_that_wait_together_share_a_cell() throws Exception {
        stream.send(new byte[] {1, 2, 3});
        stream.send(new byte[] {4, 5});
        stream.credited(10);
        byte[] run = stream.takeRun();
        assertThat(run).hasSize(512).startsWith(0, 5, 1, 2, 3, 4, 5, 0);
        assertThat(DirectStream.received(run)).containsExactly(1, 2, 3, 4, 5);
        assertThat(stream.takeRun()).isEmpty();
    }

    @Test
    void without_credit_bytes_wait_and_room_shrinks() {
        stream.send(new byte[1_000]);
        assertThat(stream.takeRun()).isEmpty();
        assertThat(stream.room()).isEqualTo(DirectStream.BUFFER_BYTES - 1_000);
        stream.credited(1);
        assertThat(stream.takeRun()).hasSize(512);
        assertThat(stream.room()).isEqualTo(DirectStream.BUFFER_BYTES - 490);
        assertThat(stream.takeRun()).isEmpty();
    }

    @Test
    void more_than_there_is_room_for_is_refused() {
        stream.send(new byte[DirectStream.BUFFER_BYTES]);
        assertThatThrownBy(() -> stream.send(new byte[1])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void any_pieces_under_any_credit_arrive_in_order() throws Exception {
        var random = new SplittableRandom(7);
        var sent = new ByteArrayOutputStream();
        var arrived = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            var piece = new byte[random.nextInt(1_500)];
            random.nextBytes(piece);
            sent.writeBytes(piece);
            stream.send(piece);
            stream.credited(random.nextInt(3));
            arrived.writeBytes(DirectStream.received(stream.takeRun()));
        }
        stream.credited(10_000);
        for (byte[] run = stream.takeRun(); run.length > 0; run = stream.takeRun()) {
            arrived.writeBytes(DirectStream.received(run));
        }
        assertThat(arrived.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @Test
    void a_cell_that_claims_too_much_or_hides_something_behind_its_bytes_is_malformed() {
        var tooLong = new byte[512];
        tooLong[0] = 1;
        tooLong[1] = (byte) 0xff;
        assertThatThrownBy(() -> DirectStream.received(tooLong)).isInstanceOf(MalformedPacketException.class);
        var dirty = new byte[1024];
        dirty[1] = 1;
        dirty[512 + 300] = 1;
        assertThatThrownBy(() -> DirectStream.received(dirty)).isInstanceOf(MalformedPacketException.class);
    }
}
