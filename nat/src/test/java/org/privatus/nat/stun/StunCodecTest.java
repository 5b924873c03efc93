package org.privatus.nat.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.testing.Vectors.hex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.nat.stun.ReceivedStun.Integrity;
import org.privatus.nat.stun.StunAttribute.ErrorCode;
import org.privatus.nat.stun.StunAttribute.MappedAddress;
import org.privatus.nat.stun.StunAttribute.Nonce;
import org.privatus.nat.stun.StunAttribute.Raw;
import org.privatus.nat.stun.StunAttribute.Realm;
import org.privatus.nat.stun.StunAttribute.Software;
import org.privatus.nat.stun.StunAttribute.UnknownAttributes;
import org.privatus.nat.stun.StunAttribute.Username;
import org.privatus.nat.stun.StunAttribute.XorMappedAddress;
import org.privatus.nat.stun.StunCodec.Protection;
import org.privatus.testing.CodecChecks;
import org.privatus.testing.Seeded;

class StunCodecTest {
    private static final TransactionId ID = new TransactionId(0x01020304, 0x05060708090a0b0cL);
    private static final StunKey KEY = StunKey.shortTerm("password");
    private static final EnumSet<Protection> ALL = EnumSet.allOf(Protection.class);
    private static final StunMessage REQUEST = StunMessage.bindingRequest(ID, new Username("user"));
    private static final StunMessage RICH = REQUEST.error(
            new ErrorCode(ErrorCode.UNKNOWN_ATTRIBUTE, "unknown"),
            new UnknownAttributes(List.of(0x7fff, 3)),
            new MappedAddress(Endpoint.parse("1.2.3.4:5")),
            new XorMappedAddress(Endpoint.parse("[2001:db8::1]:65535")),
            new Realm("réalm"),
            new Nonce(""),
            new Software("privatus"),
            new Raw(StunAttribute.USE_CANDIDATE, new byte[0]),
            new Raw(0x9999, new byte[] {1, 2, 3, 4, 5}));

    @ParameterizedTest
    @CsvSource({"REQUEST, 1, 0001", "INDICATION, 1, 0011", "SUCCESS, 1, 0101", "ERROR, 1, 0111", "ERROR, 4095, 3fff"})
    void method_and_class_are_interleaved(StunClass kind, int method, String type) {
        byte[] bytes = StunCodec.encode(new StunMessage(kind, method, ID, List.of()));
        assertThat(bytes).isEqualTo(hex(type + "0000 2112a442 0102030405060708090a0b0c"));
    }

    @ParameterizedTest
    @EnumSource
    void every_method_comes_back(StunClass kind) throws MalformedPacketException {
        for (int method = 0; method <= 0xfff; method++) {
            var message = new StunMessage(kind, method, ID, List.of());
            assertThat(StunCodec.decode(StunCodec.encode(message)).message()).isEqualTo(message);
        }
    }

    @Seeded
    void any_message_comes_back(long seed) throws MalformedPacketException {
        var random = new SplittableRandom(seed);
        StunMessage message = random(random);
        ReceivedStun received = StunCodec.decode(StunCodec.encode(message, KEY, ALL));
        assertThat(received.message()).isEqualTo(message);
        assertThat(received.integrity(KEY)).isEqualTo(Integrity.VALID);
        assertThat(received.isFingerprinted()).isTrue();
    }

    @Test
    void a_message_can_be_left_unprotected() throws MalformedPacketException {
        ReceivedStun received = StunCodec.decode(StunCodec.encode(RICH));
        assertThat(received.message()).isEqualTo(RICH);
        assertThat(received.integrity(KEY)).isEqualTo(Integrity.ABSENT);
        assertThat(received.isFingerprinted()).isFalse();
        assertThat(StunCodec.decode(StunCodec.encodeWithFingerprint(RICH)).isFingerprinted())
                .isTrue();
    }

    @Test
    void a_truncated_message_is_refused_at_every_length() {
        CodecChecks.refusesEveryTruncation(StunCodec.encode(RICH, KEY, ALL), StunCodec::decode);
    }

    @Seeded
    void noise_is_refused_or_read(long seed) {
        CodecChecks.survivesNoise(seed, StunCodec.encode(RICH), StunCodec::decode);
    }

    @Seeded
    void a_flipped_bit_is_noticed(long seed) throws MalformedPacketException {
        var random = new SplittableRandom(seed);
        byte[] bytes = StunCodec.encode(RICH, KEY, EnumSet.of(Protection.INTEGRITY_SHA256));
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        if (CodecChecks.accepts(bytes, StunCodec::decode)) {
            assertThat(StunCodec.decode(bytes).integrity(KEY)).isNotEqualTo(Integrity.VALID);
        }
        byte[] summed = StunCodec.encodeWithFingerprint(RICH);
        summed[20 + random.nextInt(summed.length - 28)] ^= 1;
        assertThat(CodecChecks.accepts(summed, StunCodec::decode)).isFalse();
    }

    @Test
    void where_both_integrities_are_the_stronger_one_decides() throws MalformedPacketException {
        byte[] weak = StunCodec.encode(REQUEST, KEY, EnumSet.of(Protection.INTEGRITY_SHA1));
        byte[] both =
                StunCodec.encode(REQUEST, KEY, EnumSet.of(Protection.INTEGRITY_SHA1, Protection.INTEGRITY_SHA256));
        assertThat(StunCodec.decode(both).integrity(KEY)).isEqualTo(Integrity.VALID);
        both[both.length - 1] ^= 1;
        assertThat(StunCodec.decode(both).integrity(KEY)).isEqualTo(Integrity.INVALID);
        assertThat(StunCodec.decode(weak).integrity(KEY)).isEqualTo(Integrity.VALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 20, 32})
    void a_truncated_sha256_integrity_is_accepted_down_to_16_bytes(int length) throws MalformedPacketException {
        byte[] bare = StunCodec.encode(REQUEST);
        byte[] covered = bare.clone();
        covered[3] = (byte) (bare.length - 20 + 4 + length);
        byte[] mac = KEY.mac(true, covered, covered.length);
        byte[] whole = Arrays.copyOf(covered, covered.length + 4 + length);
        whole[covered.length + 1] = 0x1c;
        whole[covered.length + 3] = (byte) length;
        System.arraycopy(mac, 0, whole, covered.length + 4, length);
        assertThat(StunCodec.decode(whole).integrity(KEY)).isEqualTo(Integrity.VALID);
    }

    @Test
    void attributes_behind_the_integrity_do_not_count() throws MalformedPacketException {
        byte[] sealed = StunCodec.encode(REQUEST, KEY, EnumSet.of(Protection.INTEGRITY_SHA1));
        byte[] longer = Arrays.copyOf(sealed, sealed.length + 8);
        byte[] smuggled = hex("0006 0004 65766965");
        System.arraycopy(smuggled, 0, longer, sealed.length, smuggled.length);
        longer[3] = (byte) (longer[3] + 8);
        ReceivedStun received = StunCodec.decode(longer);
        assertThat(received.message()).isEqualTo(REQUEST);
        assertThat(received.integrity(KEY)).isEqualTo(Integrity.VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4001 0000 2112a442 0102030405060708090a0b0c",
                "0001 0000 2112a443 0102030405060708090a0b0c",
                "0001 0002 2112a442 0102030405060708090a0b0c 0000",
                "0001 0004 2112a442 0102030405060708090a0b0c 00060001",
                "0001 0008 2112a442 0102030405060708090a0b0c 00010004 00030001",
                "0001 0008 2112a442 0102030405060708090a0b0c 00010004 00010001",
                "0001 0008 2112a442 0102030405060708090a0b0c 00090004 00000201",
                "0001 0008 2112a442 0102030405060708090a0b0c 00090004 00000464",
                "0001 0008 2112a442 0102030405060708090a0b0c 00060001 ff000000",
                "0001 0008 2112a442 0102030405060708090a0b0c 000a0003 00010000",
                "0001 0008 2112a442 0102030405060708090a0b0c 00080004 00000000",
                "0001 000c 2112a442 0102030405060708090a0b0c 80280004 00000000 00250000"
            })
    void malformed_messages_are_refused(String digits) {
        assertThat(CodecChecks.accepts(hex(digits), StunCodec::decode)).isFalse();
    }

    @Test
    void texts_have_limits() {
        assertThatThrownBy(() -> StunCodec.encode(StunMessage.bindingRequest(ID, new Username("x".repeat(509)))))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] long763 = StunCodec.encode(StunMessage.bindingRequest(ID, new Raw(0x0014, new byte[764])));
        assertThatThrownBy(() -> StunCodec.decode(long763)).hasMessage("TOO_LONG");
        assertThatThrownBy(() -> new ErrorCode(299, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_the_first_of_equal_attributes_counts() throws MalformedPacketException {
        var twice = StunMessage.bindingRequest(ID, new Realm("one"), new Realm("two"));
        StunMessage read = StunCodec.decode(StunCodec.encode(twice)).message();
        assertThat(read.first(Realm.class)).contains(new Realm("one"));
        assertThat(read.firstRaw(StunAttribute.PRIORITY)).isEmpty();
    }

    @Test
    void other_datagrams_do_not_look_like_stun() {
        byte[] stun = StunCodec.encode(RICH);
        assertThat(StunCodec.looksLikeStun(stun, 0, stun.length)).isTrue();
        assertThat(StunCodec.looksLikeStun(stun, 0, stun.length - 4)).isFalse();
        stun[0] |= (byte) 0x40;
        assertThat(StunCodec.looksLikeStun(stun, 0, stun.length)).isFalse();
        assertThat(StunCodec.looksLikeStun(new byte[7], 0, 7)).isFalse();
    }

    @Test
    void keys_are_derived_and_never_printed() {
        assertThat(KEY).hasToString("StunKey");
        StunKey sha256 = StunKey.longTermSha256("user", "realm", "pass");
        StunKey md5 = StunKey.longTermMd5("user", "realm", "pass");
        byte[] message = {1};
        assertThat(sha256.mac(true, message, 1)).isNotEqualTo(md5.mac(true, message, 1));
        md5.erase();
        assertThat(md5.mac(false, message, 1)).isEqualTo(StunKey.shortTerm("").mac(false, message, 1));
    }

    private static StunMessage random(SplittableRandom random) {
        var attributes = new ArrayList<StunAttribute>();
        for (int i = random.nextInt(8); i > 0; i--) {
            attributes.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new XorMappedAddress(endpoint(random));
                        case 1 -> new MappedAddress(endpoint(random));
                        case 2 -> new Software("ü".repeat(random.nextInt(10)));
                        case 3 -> new ErrorCode(300 + random.nextInt(400), "x".repeat(random.nextInt(10)));
                        default -> new Raw(0xc000 + random.nextInt(100), bytes(random, random.nextInt(40)));
                    });
        }
        StunClass kind = random.nextBoolean() ? StunClass.SUCCESS : StunClass.INDICATION;
        return new StunMessage(kind, random.nextInt(0x1000), TransactionId.generate(random), attributes);
    }

    private static Endpoint endpoint(SplittableRandom random) {
        return Endpoint.of(bytes(random, random.nextBoolean() ? 4 : 16), random.nextInt(0x10000));
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
