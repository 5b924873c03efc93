package org.privatus.dht.message;

import java.util.List;
import java.util.OptionalLong;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.ContactList;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.dht.message.DhtAnswer.Contacts;
import org.privatus.dht.message.DhtAnswer.Held;
import org.privatus.dht.message.DhtAnswer.Pong;
import org.privatus.dht.message.DhtAnswer.Status;
import org.privatus.dht.message.DhtAnswer.StoreResult;
import org.privatus.dht.message.DhtRequest.FindNode;
import org.privatus.dht.message.DhtRequest.FindValue;
import org.privatus.dht.message.DhtRequest.Ping;
import org.privatus.dht.message.DhtRequest.Store;

/// Requests and answers as bytes. Integers are big-endian; what follows the last field is an error, and so is what nobody may send.
///
/// ```
/// PING        | 01 |
/// FIND_NODE   | 02 | target 32 |
/// FIND_VALUE  | 03 | target 32 |
/// STORE       | 04 | kind 1 | condition 1 | expected seq 8 | record … 1000 |        condition 0: none (seq zero), 1: seq as expected
///
/// PONG        | 81 |
/// CONTACTS    | 82 | count 1 | count × contact 55 or 67 |                           at most 1,100 bytes of contacts
/// RECORD      | 83 | kind 1 | record … 1000 |
/// STORED      | 84 | status 1 | seq 8 |
/// ```
/// The longest request has {@link #MAX_REQUEST} bytes, the longest answer {@link #MAX_ANSWER}: an answer fits a link's second message, which
/// is never longer than the first.
public final class DhtCodec {
    public static final int MAX_CONTACTS = 20;

    private static final int CONTACTS_LIMIT = MAX_CONTACTS * Contact.IPV4_LENGTH;
    private static final int STORE_HEADER = 1 + 1 + 1 + Long.BYTES;

    public static final int MAX_REQUEST = STORE_HEADER + Value.MAX_LENGTH;
    public static final int MAX_ANSWER = 1 + 1 + CONTACTS_LIMIT;

    private static final int PING = 0x01;
    private static final int FIND_NODE = 0x02;
    private static final int FIND_VALUE = 0x03;
    private static final int STORE = 0x04;
    private static final int PONG = 0x81;
    private static final int CONTACTS = 0x82;
    private static final int RECORD = 0x83;
    private static final int STORED = 0x84;

    private DhtCodec() {}

    public static byte[] encode(DhtRequest request) {
        return switch (request) {
            case Ping() -> new byte[] {PING};
            case FindNode(var target) -> targeted(FIND_NODE, target);
            case FindValue(var target) -> targeted(FIND_VALUE, target);
            case Store(var value, var expected) ->
                WireWriter.allocate(STORE_HEADER + value.length())
                        .u8(STORE)
                        .u8(value.kind().code)
                        .u8(expected.isPresent() ? 1 : 0)
                        .u64(expected.orElse(0))
                        .bytes(value.bytes())
                        .toBytes();
        };
    }

    public static byte[] encode(DhtAnswer answer) {
        return switch (answer) {
            case Pong() -> new byte[] {(byte) PONG};
            case Contacts(var contacts) -> encodeContacts(contacts);
            case Held(var value) ->
                WireWriter.allocate(2 + value.length())
                        .u8(RECORD)
                        .u8(value.kind().code)
                        .bytes(value.bytes())
                        .toBytes();
            case StoreResult(var status, var seq) ->
                WireWriter.allocate(2 + Long.BYTES)
                        .u8(STORED)
                        .u8(status.code)
                        .u64(seq)
                        .toBytes();
        };
    }

    public static DhtRequest readRequest(byte[] body) throws MalformedPacketException {
        var in = new WireReader(body);
        DhtRequest request = switch (in.u8()) {
            case PING -> new Ping();
            case FIND_NODE -> new FindNode(NodeId.read(in));
            case FIND_VALUE -> new FindValue(NodeId.read(in));
            case STORE -> readStore(in);
            default -> throw new MalformedPacketException(Reason.BAD_VALUE);
        };
        in.expectEnd();
        return request;
    }

    /// Contacts are read out of `body` when they are asked for, so nobody may change it.
    public static DhtAnswer readAnswer(byte[] body) throws MalformedPacketException {
        var in = new WireReader(body);
        DhtAnswer answer = switch (in.u8()) {
            case PONG -> new Pong();
            case CONTACTS -> new Contacts(readContacts(body, in));
            case RECORD -> new Held(readValue(readKind(in), in));
            case STORED -> new StoreResult(readStatus(in), in.u64());
            default -> throw new MalformedPacketException(Reason.BAD_VALUE);
        };
        in.expectEnd();
        return answer;
    }

    /// How many of the contacts, from the first on, fit an answer.
    static int fitting(List<Contact> contacts) {
        int length = 0;
        int count = 0;
        while (count < Math.min(contacts.size(), MAX_CONTACTS)) {
            length += contacts.get(count).length();
            if (length > CONTACTS_LIMIT) {
                break;
            }
            count++;
        }
        return count;
    }

    private static byte[] targeted(int kind, NodeId target) {
        byte[] bytes = new byte[1 + NodeId.LENGTH];
        target.write(new WireWriter(bytes, 0).u8(kind));
        return bytes;
    }

    /// A CONTACTS answer with as many of them, from the first on, as fit.
    public static byte[] encodeContacts(List<Contact> contacts) {
        int count = fitting(contacts);
        int length = 2;
        for (int i = 0; i < count; i++) {
            length += contacts.get(i).length();
        }
        byte[] bytes = new byte[length];
        var out = new WireWriter(bytes, 0).u8(CONTACTS).u8(count);
        for (int i = 0; i < count; i++) {
            contacts.get(i).write(out);
        }
        return bytes;
    }

    private static Store readStore(WireReader in) throws MalformedPacketException {
        Value.Kind kind = readKind(in);
        int condition = in.u8();
        long expected = in.u64();
        if (condition > 1 || (condition == 0 && expected != 0)) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return new Store(readValue(kind, in), condition == 1 ? OptionalLong.of(expected) : OptionalLong.empty());
    }

    private static ContactList readContacts(byte[] body, WireReader in) throws MalformedPacketException {
        int count = in.u8();
        if (count > MAX_CONTACTS || in.remaining() > CONTACTS_LIMIT) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        ContactList contacts = ContactList.read(body, in.position(), count);
        in.skip(contacts.length());
        return contacts;
    }

    private static Value readValue(Value.Kind kind, WireReader in) throws MalformedPacketException {
        if (in.remaining() > Value.MAX_LENGTH) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        if (in.remaining() == 0) {
            throw new MalformedPacketException(Reason.TRUNCATED);
        }
        return new Value(kind, in.rest());
    }

    private static Value.Kind readKind(WireReader in) throws MalformedPacketException {
        int code = in.u8();
        for (Value.Kind kind : Value.Kind.values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new MalformedPacketException(Reason.BAD_VALUE);
    }

    private static Status readStatus(WireReader in) throws MalformedPacketException {
        int code = in.u8();
        for (Status status : Status.values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new MalformedPacketException(Reason.BAD_VALUE);
    }
}
