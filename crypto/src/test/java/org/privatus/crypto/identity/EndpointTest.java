package org.privatus.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.testing.CodecChecks;
import org.privatus.testing.Seeded;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4:5",
                "0.0.0.0:0",
                "255.255.255.255:65535",
                "[::]:0",
                "[::1]:4000",
                "[2001:db8::1]:4000",
                "[2001:db8:0:1:1:1:1:1]:1",
                "[2001:db8::1:0:0:1]:1",
                "[fe80::1:2:3:4]:9",
                "[1:2:3:4:5:6:7:8]:9",
                "[1::]:9"
            })
    void canonical_text_is_read_and_written(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "[2001:DB8:0:0:0:0:0:1]:1, [2001:db8::1]:1",
        "[2001:db8:0:0:1:0:0:1]:1, [2001:db8::1:0:0:1]:1",
        "[::ffff:1.2.3.4]:1, 1.2.3.4:1",
        "1.2.3.4:0080, 1.2.3.4:80"
    })
    void other_spellings_become_canonical(String text, String canonical) {
        assertThat(Endpoint.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3.4",
                "1.2.3.4:",
                "1.2.3.4:65536",
                "1.2.3.4:-1",
                "1.2.3.4:+1",
                "1.2.3.4:999999",
                "1.2.3:5",
                "1.2.3.04:5",
                "1.2.3.256:5",
                "1.2.3.4.5:5",
                "1.2.3.:5",
                "0x1.2.3.4:5",
                "::1:5",
                "[::1]",
                "[::1:5",
                "[]:5",
                "[fe80::1%eth0]:5",
                "[[::1]]:5",
                "[1.2.3.4]:5",
                "localhost:5",
                "١.2.3.4:5"
            })
    void anything_else_is_refused_with_a_message(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write 192.0.2.1:4000 or [2001:db8::1]:4000");
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8:1, false",
        "9.255.255.255:1, false",
        "10.0.0.1:1, true",
        "100.63.255.255:1, false",
        "100.64.0.1:1, true",
        "127.0.0.1:1, true",
        "169.254.1.1:1, true",
        "172.15.0.1:1, false",
        "172.16.0.1:1, true",
        "172.31.255.255:1, true",
        "172.32.0.1:1, false",
        "192.168.3.4:1, true",
        "192.0.2.1:1, true",
        "198.18.0.1:1, true",
        "198.20.0.1:1, false",
        "203.0.113.9:1, true",
        "224.0.0.1:1, true",
        "240.0.0.1:1, true",
        "[::1]:1, true",
        "[fc00::1]:1, true",
        "[fe80::1]:1, true",
        "[2001:db8::1]:1, true",
        "[2001:4860:4860::8888]:1, false",
        "[2606:4700::1]:1, false",
        "[64:ff9b::a00:1]:1, true",
        "[64:ff9b::808:808]:1, false",
        "[2002:a00:1::1]:1, true",
        "[2002:808:808::1]:1, false",
        "[2001::1]:1, true",
        "[3fff::1]:1, true",
        "[ff02::1]:1, true"
    })
    void special_addresses_are_private(String text, boolean isPrivate) {
        assertThat(Endpoint.parse(text).isPrivate()).isEqualTo(isPrivate);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4:5, true",
        "1.2.3.4:0, false",
        "0.0.0.0:5, false",
        "0.1.2.3:5, false",
        "224.0.0.1:5, false",
        "255.255.255.255:5, false",
        "[::]:5, false",
        "[::1]:5, true",
        "[ff02::1]:5, false"
    })
    void what_nobody_can_be_reached_at_is_not_dialable(String text, boolean dialable) {
        Endpoint endpoint = Endpoint.parse(text);
        assertThat(endpoint.isDialable()).isEqualTo(dialable);
        assertThat(CodecChecks.accepts(encoded(endpoint), bytes -> decode(bytes, !endpoint.isIpv4())))
                .isEqualTo(dialable);
    }

    @Test
    void an_ipv4_address_dressed_as_ipv6_is_refused_on_the_wire() {
        byte[] bytes = WireWriter.allocate(18)
                .zeros(10)
                .u16(0xffff)
                .u32(0x01020304)
                .u16(5)
                .toBytes();
        assertThatThrownBy(() -> decode(bytes, true)).hasMessage("BAD_VALUE");
    }

    @Test
    void groups_are_a_24_of_ipv4_and_a_48_of_ipv6() {
        assertThat(group("1.2.3.4:5")).isEqualTo(group("1.2.3.250:9")).isNotEqualTo(group("1.2.4.4:5"));
        assertThat(group("[2001:db8:1:2::1]:5"))
                .isEqualTo(group("[2001:db8:1:ffff::9]:5"))
                .isNotEqualTo(group("[2001:db8:2::1]:5"));
        assertThat(group("[::102:3:0]:5")).isNotEqualTo(group("1.2.3.0:5"));
    }

    @Seeded
    void text_bytes_and_the_jdk_agree(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        byte[] address = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(address);
        for (int i = 0; i < address.length / 2; i++) {
            address[random.nextInt(address.length)] = 0;
        }
        Endpoint endpoint = Endpoint.of(address, random.nextInt(65536));
        assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint).hasSameHashCodeAs(endpoint);
        assertThat(endpoint.toInetSocketAddress().getAddress()).isEqualTo(InetAddress.getByAddress(address));
        assertThat(Endpoint.of(endpoint.toInetSocketAddress())).isEqualTo(endpoint);
        assertThat(endpoint.address()).isEqualTo(address);
        if (endpoint.isDialable()) {
            assertThat(decode(encoded(endpoint), !endpoint.isIpv4())).isEqualTo(endpoint);
        }
    }

    @Test
    void a_truncated_endpoint_is_refused_at_every_length() {
        CodecChecks.refusesEveryTruncation(encoded(Endpoint.parse("1.2.3.4:5")), bytes -> decode(bytes, false));
        CodecChecks.refusesEveryTruncation(encoded(Endpoint.parse("[2001:db8::1]:5")), bytes -> decode(bytes, true));
    }

    @Test
    void endpoints_have_an_order() {
        assertThat(Endpoint.parse("9.0.0.1:1")).isLessThan(Endpoint.parse("10.0.0.1:1"));
        assertThat(Endpoint.parse("9.0.0.1:1")).isLessThan(Endpoint.parse("9.0.0.1:2"));
        assertThat(Endpoint.parse("255.0.0.1:1")).isLessThan(Endpoint.parse("[::1]:1"));
    }

    private static long group(String text) {
        return Endpoint.parse(text).group();
    }

    private static byte[] encoded(Endpoint endpoint) {
        WireWriter out = WireWriter.allocate(endpoint.length());
        endpoint.write(out);
        return out.toBytes();
    }

    private static Endpoint decode(byte[] bytes, boolean ipv6) throws MalformedPacketException {
        return Endpoint.read(new WireReader(bytes), ipv6);
    }
}
