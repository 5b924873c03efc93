package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AesScheduleTest {
    @Test
    void fips_197_appendix_a_1() {
        int[] schedule = new int[AesSchedule.WORDS_128];
        AesSchedule.expand(hex("002b7e151628aed2a6abf7158809cf4f3c"), 1, schedule);
        assertThat(schedule).startsWith(0x2b7e1516, 0x28aed2a6, 0xabf71588, 0x09cf4f3c, 0xa0fafe17, 0x88542cb1);
        assertThat(schedule).endsWith(0xd014f9a8, 0xc9ee2589, 0xe13f0cc8, 0xb6630ca6);
    }

    @Test
    void fips_197_appendix_a_3() {
        int[] schedule = new int[AesSchedule.WORDS_256];
        AesSchedule.expand(hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"), 0, schedule);
        assertThat(schedule[8]).isEqualTo(0x9ba35411);
        assertThat(schedule[12]).isEqualTo(0xa8b09c1a);
        assertThat(schedule).endsWith(0xfe4890d1, 0xe6188d0b, 0x046df344, 0x706c631e);
    }

    @Test
    void the_inverse_schedule_of_the_equivalent_inverse_cipher() {
        int[] schedule = new int[AesSchedule.WORDS_128];
        int[] inverse = new int[AesSchedule.WORDS_128];
        AesSchedule.expand(hex("000102030405060708090a0b0c0d0e0f"), 0, schedule);
        AesSchedule.invert(schedule, inverse);
        assertThat(inverse).startsWith(0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f, 0x13111d7f);
        assertThat(inverse[8]).isEqualTo(0x13aa29be);
        assertThat(inverse[40]).isEqualTo(0x8c56dff0);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
