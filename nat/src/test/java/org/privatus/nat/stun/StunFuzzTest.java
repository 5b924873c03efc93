package org.privatus.nat.stun;

import static org.privatus.testing.Fuzzing.BASE_BYTES;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.nat.stun.StunAttribute.ErrorCode;
import org.privatus.nat.stun.StunAttribute.MappedAddress;
import org.privatus.nat.stun.StunAttribute.Realm;
import org.privatus.nat.stun.StunAttribute.UnknownAttributes;
import org.privatus.nat.stun.StunAttribute.Username;
import org.privatus.nat.stun.StunAttribute.XorMappedAddress;
import org.privatus.testing.Fuzzing;
import org.privatus.testing.Seeded;

class StunFuzzTest {
    private static final int SOAK_SECONDS = 60;
    private static final StunMessage REQUEST =
            StunMessage.bindingRequest(new TransactionId(1, 2), new Username("user"));
    private static final StunMessage ERROR = REQUEST.error(
            new ErrorCode(ErrorCode.UNKNOWN_ATTRIBUTE, "unknown"),
            new UnknownAttributes(List.of(0x7fff, 3)),
            new MappedAddress(Endpoint.parse("1.2.3.4:5")),
            new XorMappedAddress(Endpoint.parse("[2001:db8::1]:65535")),
            new Realm("réalm"));

    @Seeded(5)
    void messages_are_read_or_refused_and_nothing_else_happens(long seed) {
        stun().mutations(seed, 1_000);
    }

    /// For a minute.
    @Test
    @Tag("soak")
    void the_same_for_long() {
        stun().mutationsFor(SOAK_SECONDS);
    }

    private static Fuzzing stun() {
        return new Fuzzing(
                "stun",
                BASE_BYTES,
                64,
                List.of(StunCodec.encode(REQUEST), StunCodec.encode(ERROR), sealed()),
                StunCodec::decode);
    }

    private static byte[] sealed() {
        return StunCodec.encode(REQUEST, StunKey.shortTerm("password"), EnumSet.allOf(StunCodec.Protection.class));
    }
}
