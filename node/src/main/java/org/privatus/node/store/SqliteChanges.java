package org.privatus.node.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.crypto.wire.WireWriter;

/// Turns changes into SQL. Runs inside a transaction that its caller opens and ends.
final class SqliteChanges {
    private static final String CONTACT = "(SELECT contact FROM contacts WHERE key = ?)";

    private final Statements sql;

    SqliteChanges(Statements sql) {
        this.sql = sql;
    }

    Committed apply(StoreTransaction transaction) throws SQLException {
        var appeared = new ArrayList<StoredMessage>();
        for (StoreChange change : transaction.changes()) {
            apply(change, appeared);
        }
        return new Committed(appeared);
    }

    private void apply(StoreChange change, List<StoredMessage> appeared) throws SQLException {
        switch (change) {
            case StoreChange.PutPerson put -> putPerson(put.person());
            case StoreChange.RemovePerson remove ->
                sql.update("DELETE FROM contacts WHERE key = ?", bytes(remove.person()));
            case StoreChange.DropHeld drop ->
                sql.update(
                        "DELETE FROM messages WHERE contact = " + CONTACT + " AND outgoing = 0 AND shown IS NULL",
                        bytes(drop.person()));
            case StoreChange.RevealHeld reveal -> reveal(reveal.person(), appeared);
            case StoreChange.PutSession put -> putSession(put.session());
            case StoreChange.RemoveSession remove ->
                sql.update(
                        "DELETE FROM sessions WHERE contact = " + CONTACT + " AND id = ?",
                        bytes(remove.person()),
                        remove.session().toBytes());
            case StoreChange.ForgetSessions forget -> forgetSessions();
            case StoreChange.AddIncoming add -> addIncoming(add, appeared);
            case StoreChange.AddOutgoing add -> addOutgoing(add.text());
            case StoreChange.Seal seal -> seal(seal.to(), seal.id(), Optional.of(seal.sealed()));
            case StoreChange.Unseal unseal -> seal(unseal.to(), unseal.id(), Optional.empty());
            case StoreChange.Acknowledge acknowledge -> acknowledge(acknowledge);
            case StoreChange.DeleteMessage delete ->
                sql.update(
                        "UPDATE messages SET deleted = 1, text = '', session = NULL, envelope = NULL WHERE contact = "
                                + CONTACT + " AND outgoing = ? AND id = ?",
                        bytes(delete.person()),
                        delete.outgoing(),
                        delete.id().toBytes());
            case StoreChange.AddAttempt add -> addAttempt(add);
        }
    }

    private void putPerson(StoredPerson person) throws SQLException {
        sql.update(
                """
                INSERT INTO contacts(key, address, name, standing, verified, online, added, last_seen)
                VALUES(?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(key) DO UPDATE SET address = excluded.address, name = excluded.name, standing = excluded.standing,
                  verified = excluded.verified, online = excluded.online, added = excluded.added, last_seen = excluded.last_seen\
                """,
                bytes(person.key()),
                bytes(person.address()),
                person.name(),
                person.standing().code(),
                person.verified(),
                person.online(),
                person.addedAt(),
                person.lastSeen());
    }

    private void putSession(StoredSession session) throws SQLException {
        sql.update(
                """
                INSERT INTO sessions(contact, id, ordinal, own, retired, introduction, ratchet)
                SELECT contact, ?, ?, ?, ?, ?, ? FROM contacts WHERE key = ?
                ON CONFLICT(contact, id) DO UPDATE SET
                  retired = excluded.retired, introduction = excluded.introduction, ratchet = excluded.ratchet\
                """,
                session.id().toBytes(),
                session.ordinal(),
                session.initiatedByUs(),
                session.retired(),
                session.introduction().toBytes(),
                session.ratchet().toBytes(),
                bytes(session.person()));
    }

    private void forgetSessions() throws SQLException {
        sql.update("DELETE FROM sessions");
        sql.update("UPDATE messages SET session = NULL, digest = NULL, envelope = NULL WHERE digest IS NOT NULL");
    }

    private void addIncoming(StoreChange.AddIncoming add, List<StoredMessage> appeared) throws SQLException {
        int added = sql.update(
                """
                INSERT INTO messages(contact, id, outgoing, time, sent, text, digest)
                SELECT contact, ?, 0, ?, ?, ?, ? FROM contacts WHERE key = ?
                ON CONFLICT(contact, outgoing, id) DO NOTHING\
                """,
                add.id().toBytes(),
                add.receivedAt(),
                add.sentAt(),
                add.text(),
                add.digest().toBytes(),
                bytes(add.from()));
        if (added == 0) {
            sql.update(
                    "UPDATE messages SET digest = ? WHERE contact = " + CONTACT + " AND outgoing = 0 AND id = ?",
                    add.digest().toBytes(),
                    bytes(add.from()),
                    add.id().toBytes());
        } else if (!add.held()) {
            long row = sql.query(result -> result.getLong(1), "SELECT last_insert_rowid()")
                    .getFirst();
            appeared.add(show(row, add.from()));
        }
    }

    private void reveal(PersonKey person, List<StoredMessage> appeared) throws SQLException {
        List<Long> rows = sql.query(
                result -> result.getLong(1),
                "SELECT message FROM messages WHERE contact = " + CONTACT
                        + " AND outgoing = 0 AND shown IS NULL AND deleted = 0 ORDER BY message",
                bytes(person));
        for (long row : rows) {
            appeared.add(show(row, person));
        }
    }

    private StoredMessage show(long row, PersonKey from) throws SQLException {
        sql.update("UPDATE counters SET value = value + 1 WHERE name = 'shown'");
        sql.update(
                "UPDATE messages SET shown = (SELECT value FROM counters WHERE name = 'shown') WHERE message = ?", row);
        return sql.query(
                        result -> new StoredMessage(
                                result.getLong(1),
                                from,
                                MessageId.of(result.getBytes(2)),
                                false,
                                result.getLong(3),
                                result.getLong(4),
                                0,
                                result.getString(5)),
                        "SELECT shown, id, time, sent, text FROM messages WHERE message = ?",
                        row)
                .getFirst();
    }

    private void addOutgoing(PendingText text) throws SQLException {
        sql.update(
                """
                INSERT INTO messages(contact, id, outgoing, time, sent, text, session, digest, envelope)
                SELECT contact, ?, 1, ?, ?, ?, ?, ?, ? FROM contacts WHERE key = ?
                ON CONFLICT(contact, outgoing, id) DO NOTHING\
                """,
                text.id().toBytes(),
                text.createdAt(),
                text.createdAt(),
                text.text(),
                text.sealed().map(s -> s.session().toBytes()).orElse(null),
                text.sealed().map(s -> s.digest().toBytes()).orElse(null),
                text.sealed().map(s -> s.envelope().toBytes()).orElse(null),
                bytes(text.to()));
    }

    private void seal(PersonKey to, MessageId id, Optional<SealedText> sealed) throws SQLException {
        sql.update(
                "UPDATE messages SET session = ?, digest = ?, envelope = ? WHERE contact = " + CONTACT
                        + " AND outgoing = 1 AND id = ? AND acknowledged = 0 AND deleted = 0",
                sealed.map(s -> s.session().toBytes()).orElse(null),
                sealed.map(s -> s.digest().toBytes()).orElse(null),
                sealed.map(s -> s.envelope().toBytes()).orElse(null),
                bytes(to),
                id.toBytes());
    }

    private void acknowledge(StoreChange.Acknowledge acknowledge) throws SQLException {
        sql.update(
                "UPDATE messages SET acknowledged = ?, session = NULL, digest = NULL, envelope = NULL WHERE contact = "
                        + CONTACT + " AND outgoing = 1 AND id = ? AND acknowledged = 0",
                acknowledge.epochMillis(),
                bytes(acknowledge.to()),
                acknowledge.id().toBytes());
    }

    private void addAttempt(StoreChange.AddAttempt add) throws SQLException {
        sql.update(
                "INSERT INTO attempts(contact, started, record) SELECT contact, ?, ? FROM contacts WHERE key = ?",
                add.attempt().startedAt(),
                add.attempt().encode().toBytes(),
                bytes(add.person()));
        sql.update(
                "DELETE FROM attempts WHERE contact = " + CONTACT
                        + " AND attempt NOT IN (SELECT attempt FROM attempts WHERE contact = " + CONTACT
                        + " ORDER BY attempt DESC LIMIT ?)",
                bytes(add.person()),
                bytes(add.person()),
                add.keep());
    }

    static byte[] bytes(PersonKey key) {
        return key.toBytes();
    }

    private static byte[] bytes(PersonAddress address) {
        WireWriter out = WireWriter.allocate(PersonAddress.LENGTH);
        address.write(out);
        return out.toBytes();
    }
}
