package org.privatus.node.link.core.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

class VersionsTest {
    private static byte[] frame(int... body) {
        WireWriter out = WireWriter.allocate(FrameType.HEADER + body.length)
                .u8(FrameType.VERSIONS)
                .u16(body.length);
        for (int each : body) {
            out.u8(each);
        }
        return out.toBytes();
    }

    private static Versions read(byte[] frame) throws MalformedPacketException {
        return Versions.readFrame(new WireReader(frame));
    }

    @Test
    void the_best_of_two_sets_is_the_highest_in_both() {
        assertThat(Versions.of(1, 2, 5).best(Versions.of(2, 3))).isEqualTo(2);
        assertThat(Versions.of(1, 255).best(Versions.of(1, 2, 255))).isEqualTo(255);
        assertThat(Versions.of(1).best(Versions.of(2))).isZero();
    }

    @Test
    void a_frame_is_read_as_it_was_written() throws MalformedPacketException {
        WireWriter out = WireWriter.allocate(FrameType.VERSIONS_FRAME_MAX);
        FrameWriter.versions(out, Versions.of(1, 2, 200, 255));
        assertThat(out.toBytes()).isEqualTo(frame(1, 2, 200, 255));
        assertThat(read(out.toBytes())).hasToString("[01, 02, c8, ff]");
    }

    @Test
    void sets_that_nobody_may_state_are_malformed() {
        for (byte[] frame : new byte[][] {frame(), frame(0), frame(2, 1), frame(3, 3), frame(1, 2, 3, 4, 5)}) {
            assertThatThrownBy(() -> read(frame)).isInstanceOf(MalformedPacketException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void a_frame_that_is_cut_is_malformed(int length) {
        byte[] cut = Arrays.copyOf(frame(1, 2), length);
        assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void a_set_of_our_own_is_ascending_and_short() {
        assertThatThrownBy(() -> Versions.of()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Versions.of(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Versions.of(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Versions.of(1, 2, 3, 4, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
