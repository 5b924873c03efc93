package org.privatus.crypto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.testing.CodecChecks;

class WireTest {
    private static final byte[] ENCODED = WireWriter.allocate(40)
            .u8(0xfe)
            .u16(0xfedc)
            .u32(0xfedc_ba98L)
            .u64(0xfedc_ba98_7654_3210L)
            .bytes(new byte[] {1, 2, 3})
            .zeros(2)
            .toBytes();

    @Test
    void integers_are_big_endian() {
        assertThat(ENCODED)
                .asHexString()
                .isEqualToIgnoringCase("fe" + "fedc" + "fedcba98" + "fedcba9876543210" + "010203" + "0000");
    }

    @Test
    void what_was_written_is_read() throws MalformedPacketException {
        var in = new WireReader(ENCODED);
        assertThat(in.u8()).isEqualTo(0xfe);
        assertThat(in.u16()).isEqualTo(0xfedc);
        assertThat(in.u32()).isEqualTo(0xfedc_ba98L);
        assertThat(in.u64()).isEqualTo(0xfedc_ba98_7654_3210L);
        assertThat(in.bytes(3)).containsExactly(1, 2, 3);
        assertThat(in.position()).isEqualTo(18);
        in.skip(1);
        assertThat(in.remaining()).isEqualTo(1);
        assertThat(in.rest()).containsExactly(0);
        in.expectEnd();
    }

    @Test
    void a_truncated_layout_is_refused_at_every_length() {
        CodecChecks.refusesEveryTruncation(ENCODED, bytes -> {
            var in = new WireReader(bytes);
            in.u8();
            in.u16();
            in.u32();
            in.u64();
            in.bytes(3);
            in.skip(2);
            return in;
        });
    }

    @Test
    void a_field_that_does_not_fit_leaves_the_cursor_where_it_was() throws MalformedPacketException {
        var in = new WireReader(new byte[] {0, 1, 2, 3}, 1, 2);
        assertThatThrownBy(in::u32).isInstanceOfSatisfying(MalformedPacketException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.TRUNCATED);
            assertThat(e.getStackTrace()).isEmpty();
        });
        assertThat(in.u16()).isEqualTo(0x0102);
    }

    @Test
    void what_is_left_over_is_too_long() {
        assertThatThrownBy(new WireReader(new byte[1])::expectEnd).hasMessage("TOO_LONG");
    }

    @Test
    void a_value_that_does_not_fit_its_field_is_a_bug() {
        assertThatThrownBy(() -> WireWriter.allocate(8).u8(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WireWriter.allocate(8).u16(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WireWriter.allocate(8).u32(1L << 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WireWriter.allocate(1).u16(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void a_channel_id_names_its_owner() {
        long channel = ChannelIds.of(ChannelIds.RELAY, 77);
        assertThat(ChannelIds.owner(channel)).isEqualTo(ChannelIds.RELAY);
        assertThatThrownBy(() -> ChannelIds.of(6, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChannelIds.of(1, 1L << 56)).isInstanceOf(IllegalArgumentException.class);
    }
}
