package org.privatus.nat.stun;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.privatus.crypto.identity.Endpoint;

/// What a message says (RFC 8489 §14). MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256 and FINGERPRINT are none of these:
/// they protect the message and are the codec's business.
public sealed interface StunAttribute {
    int MAPPED_ADDRESS = 0x0001;
    int USERNAME = 0x0006;
    int MESSAGE_INTEGRITY = 0x0008;
    int ERROR_CODE = 0x0009;
    int UNKNOWN_ATTRIBUTES = 0x000a;
    int REALM = 0x0014;
    int NONCE = 0x0015;
    int MESSAGE_INTEGRITY_SHA256 = 0x001c;
    int XOR_MAPPED_ADDRESS = 0x0020;
    int SOFTWARE = 0x8022;
    int FINGERPRINT = 0x8028;

    /// Of ICE (RFC 8445 §16.1); they come and go as [Raw].
    int PRIORITY = 0x0024;

    int USE_CANDIDATE = 0x0025;
    int ICE_CONTROLLED = 0x8029;
    int ICE_CONTROLLING = 0x802a;

    /// The 16-bit type on the wire. Who does not know one below 0x8000 must not process the message.
    int type();

    /// Where the server saw the request come from, in clear: some NATs rewrite what they take for their own
    /// addresses.
    record MappedAddress(Endpoint endpoint) implements StunAttribute {
        @Override
        public int type() {
            return MAPPED_ADDRESS;
        }
    }

    /// Where the server saw the request come from.
    record XorMappedAddress(Endpoint endpoint) implements StunAttribute {
        @Override
        public int type() {
            return XOR_MAPPED_ADDRESS;
        }
    }

    /// Whose key protects the message.
    record Username(String value) implements StunAttribute {
        @Override
        public int type() {
            return USERNAME;
        }
    }

    /// Where the user name is valid.
    record Realm(String value) implements StunAttribute {
        @Override
        public int type() {
            return REALM;
        }
    }

    /// What the server wants to see again in the next request.
    record Nonce(String value) implements StunAttribute {
        @Override
        public int type() {
            return NONCE;
        }
    }

    /// Which program sent it; for people.
    record Software(String value) implements StunAttribute {
        @Override
        public int type() {
            return SOFTWARE;
        }
    }

    /// Why a request failed.
    ///
    /// @param code 300 to 699
    record ErrorCode(int code, String reason) implements StunAttribute {
        /// Something required was missing or wrong.
        public static final int BAD_REQUEST = 400;

        public static final int UNAUTHENTICATED = 401;
        public static final int UNKNOWN_ATTRIBUTE = 420;
        public static final int STALE_NONCE = 438;

        public ErrorCode {
            if (code < 300 || code > 699) {
                throw new IllegalArgumentException("error code " + code + " is not in 300 to 699");
            }
        }

        @Override
        public int type() {
            return ERROR_CODE;
        }
    }

    /// Which required attributes of the request were not known.
    record UnknownAttributes(List<Integer> types) implements StunAttribute {
        public UnknownAttributes {
            types = List.copyOf(types);
        }

        @Override
        public int type() {
            return UNKNOWN_ATTRIBUTES;
        }
    }

    /// An attribute as its bytes, for types that this codec has no form for.
    final class Raw implements StunAttribute {
        private final int type;
        private final byte[] value;

        /// Takes over `value`.
        public Raw(int type, byte[] value) {
            this.type = type;
            this.value = value;
        }

        @Override
        public int type() {
            return type;
        }

        /// A copy.
        public byte[] value() {
            return value.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Raw that && type == that.type && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * type + Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Raw[" + HexFormat.of().toHexDigits((short) type) + ", " + value.length + " bytes]";
        }
    }
}
