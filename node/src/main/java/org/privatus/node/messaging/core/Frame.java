package org.privatus.node.messaging.core;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.store.Blob;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.SessionId;

/// One unit on a splice's stream: `kind 1 | length 2 | payload`. Each kind has one length, sealed ones one of five, so that
/// nothing is allocated for what cannot be.
///
/// ```
/// HELLO         version 1 | session 16 | Noise message 1     opens a handshake
/// WELCOME       Noise message 2, with the ratchet key 32
/// INTRODUCTION  session 16 | Noise message 3, with the sender's address 66
/// SEALED        envelope of a double ratchet
/// NO_SESSION    digest 16 of an INTRODUCTION's or SEALED's payload that fits no session here
/// ```
///
/// Kinds and lengths are seen by the gateway that joins the two circuits; nothing in them names anybody.
sealed interface Frame {
    int HEADER_LENGTH = 3;

    /// The version that a HELLO states.
    int VERSION = 1;

    record Hello(SessionId session, Blob message) implements Frame {}

    record Welcome(Blob message) implements Frame {}

    record Introduction(SessionId session, Blob message) implements Frame {
        /// The payload as it travels.
        static Blob payload(SessionId session, byte[] message) {
            return Blob.of(WireWriter.allocate(SessionId.LENGTH + message.length)
                    .bytes(session.toBytes())
                    .bytes(message)
                    .toBytes());
        }

        /// From a payload that was kept.
        static Introduction of(Blob payload) {
            try {
                var in = new WireReader(payload.toBytes());
                SessionId session = SessionId.read(in);
                return new Introduction(session, Blob.of(in.rest()));
            } catch (MalformedPacketException e) {
                throw new IllegalStateException("what was kept is no introduction", e);
            }
        }

        Blob payload() {
            return payload(session, message.toBytes());
        }
    }

    record Sealed(Blob envelope) implements Frame {}

    record NoSession(EnvelopeDigest digest) implements Frame {}

    int HELLO = 1;
    int WELCOME = 2;
    int INTRODUCTION = 3;
    int SEALED = 4;
    int NO_SESSION = 5;

    /// Header included.
    default byte[] encode() {
        return switch (this) {
            case Hello hello -> {
                WireWriter out =
                        begin(HELLO, 1 + SessionId.LENGTH + hello.message().length());
                out.u8(VERSION);
                hello.session().write(out);
                yield out.bytes(hello.message().toBytes()).toBytes();
            }
            case Welcome welcome ->
                begin(WELCOME, welcome.message().length())
                        .bytes(welcome.message().toBytes())
                        .toBytes();
            case Introduction introduction -> {
                byte[] payload = introduction.payload().toBytes();
                yield begin(INTRODUCTION, payload.length).bytes(payload).toBytes();
            }
            case Sealed sealed ->
                begin(SEALED, sealed.envelope().length())
                        .bytes(sealed.envelope().toBytes())
                        .toBytes();
            case NoSession none -> {
                WireWriter out = begin(NO_SESSION, EnvelopeDigest.LENGTH);
                none.digest().write(out);
                yield out.toBytes();
            }
        };
    }

    private static WireWriter begin(int kind, int length) {
        return WireWriter.allocate(HEADER_LENGTH + length).u8(kind).u16(length);
    }

    /// Whether a frame of this kind may have a payload of this length.
    static boolean isPossible(int kind, int length) {
        return switch (kind) {
            case HELLO -> length == 1 + SessionId.LENGTH + Handshakes.FIRST_LENGTH;
            case WELCOME -> length == Handshakes.SECOND_LENGTH;
            case INTRODUCTION -> length == SessionId.LENGTH + Handshakes.THIRD_LENGTH;
            case SEALED -> Content.isSizeClass(length - DoubleRatchet.OVERHEAD);
            case NO_SESSION -> length == EnvelopeDigest.LENGTH;
            default -> false;
        };
    }

    static Frame decode(int kind, byte[] payload) throws MalformedPacketException {
        if (!isPossible(kind, payload.length)) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        var in = new WireReader(payload);
        return switch (kind) {
            case HELLO -> {
                if (in.u8() != VERSION) {
                    throw new MalformedPacketException(Reason.BAD_VERSION);
                }
                SessionId session = SessionId.read(in);
                yield new Hello(session, Blob.of(in.rest()));
            }
            case WELCOME -> new Welcome(Blob.of(payload));
            case INTRODUCTION -> {
                SessionId session = SessionId.read(in);
                yield new Introduction(session, Blob.of(in.rest()));
            }
            case SEALED -> new Sealed(Blob.of(payload));
            case NO_SESSION -> new NoSession(EnvelopeDigest.read(in));
            default -> throw new MalformedPacketException(Reason.BAD_VALUE);
        };
    }
}
