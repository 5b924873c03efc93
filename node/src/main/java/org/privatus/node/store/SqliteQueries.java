package org.privatus.node.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;

/// What is asked of the database. The statements are constants because a test asks the query planner about each.
final class SqliteQueries {
    static final String INBOX = """
        SELECT c.key, m.id, m.outgoing, m.time, m.sent, m.acknowledged, m.text, m.shown
        FROM messages m JOIN contacts c ON c.contact = m.contact
        WHERE m.shown > ? AND m.deleted = 0 ORDER BY m.shown LIMIT ?\
        """;
    static final String LATEST = """
        SELECT c.key, m.id, m.outgoing, m.time, m.sent, m.acknowledged, m.text, m.shown
        FROM messages m JOIN contacts c ON c.contact = m.contact
        WHERE m.shown > 0 AND m.deleted = 0 ORDER BY m.shown DESC LIMIT ?\
        """;
    static final String HELD_TEXTS = """
        SELECT c.key, m.id, m.outgoing, m.time, m.sent, m.acknowledged, m.text, 0
        FROM messages m JOIN contacts c ON c.contact = m.contact
        WHERE m.outgoing = 0 AND m.deleted = 0 AND m.shown IS NULL ORDER BY m.message LIMIT ?\
        """;
    static final String OUTBOX = """
        SELECT c.key, m.id, m.outgoing, m.time, m.sent, m.acknowledged, m.text, 0
        FROM messages m JOIN contacts c ON c.contact = m.contact
        WHERE m.outgoing = 1 AND m.acknowledged = 0 AND m.deleted = 0 ORDER BY m.message LIMIT ?\
        """;
    static final String HISTORY = """
        SELECT ?1, id, outgoing, time, sent, acknowledged, text, coalesce(shown, 0)
        FROM messages
        WHERE contact = (SELECT contact FROM contacts WHERE key = ?1) AND time < ?2
          AND deleted = 0 AND (outgoing = 1 OR shown IS NOT NULL)
        ORDER BY time DESC LIMIT ?3\
        """;
    static final String CONTACTS_BY_PRESENCE =
            "SELECT address, name, standing, verified, online, added, last_seen FROM contacts"
                    + " WHERE standing = 0 ORDER BY online DESC, last_seen DESC";
    static final String PERSONS =
            "SELECT address, name, standing, verified, online, added, last_seen FROM contacts ORDER BY contact";
    static final String SESSIONS = """
        SELECT c.key, s.id, s.ordinal, s.own, s.retired, s.introduction, s.ratchet
        FROM sessions s JOIN contacts c ON c.contact = s.contact ORDER BY s.ordinal\
        """;
    static final String PENDING = """
        SELECT c.key, m.id, m.time, m.text, m.session, m.digest, m.envelope
        FROM messages m JOIN contacts c ON c.contact = m.contact
        WHERE m.outgoing = 1 AND m.acknowledged = 0 AND m.deleted = 0 ORDER BY m.message\
        """;
    static final String MARKS = """
        SELECT digest, id FROM messages
        WHERE contact = (SELECT contact FROM contacts WHERE key = ?) AND outgoing = 0 AND deleted = 0 AND digest IS NOT NULL
        ORDER BY time DESC, message DESC LIMIT ?\
        """;
    static final String HELD = """
        SELECT digest, id FROM messages
        WHERE contact = (SELECT contact FROM contacts WHERE key = ?) AND outgoing = 0 AND deleted = 0 AND shown IS NULL
        ORDER BY time, message\
        """;
    static final String ATTEMPTS = """
        SELECT started, record FROM attempts
        WHERE contact = (SELECT contact FROM contacts WHERE key = ?) ORDER BY attempt DESC LIMIT ?\
        """;

    private final Statements sql;

    SqliteQueries(Statements sql) {
        this.sql = sql;
    }

    StoredState load(int marksPerPerson) throws SQLException {
        List<StoredPerson> persons = sql.query(SqliteQueries::person, PERSONS);
        var received = new ArrayList<ReceivedMark>();
        var held = new ArrayList<ReceivedMark>();
        for (StoredPerson person : persons) {
            received.addAll(marks(person.key(), MARKS, marksPerPerson).reversed());
            if (person.standing() == Standing.REQUEST) {
                held.addAll(marks(person.key(), HELD));
            }
        }
        return new StoredState(
                persons,
                sql.query(SqliteQueries::session, SESSIONS),
                sql.query(SqliteQueries::pending, PENDING),
                received,
                held);
    }

    List<StoredMessage> inbox(long after, int limit) throws SQLException {
        return sql.query(SqliteQueries::message, INBOX, after, limit);
    }

    List<StoredMessage> latest(int limit) throws SQLException {
        return sql.query(SqliteQueries::message, LATEST, limit).reversed();
    }

    List<StoredMessage> held(int limit) throws SQLException {
        return sql.query(SqliteQueries::message, HELD_TEXTS, limit);
    }

    List<StoredMessage> outbox(int limit) throws SQLException {
        return sql.query(SqliteQueries::message, OUTBOX, limit);
    }

    List<StoredMessage> history(PersonKey with, long before, int limit) throws SQLException {
        return sql.query(SqliteQueries::message, HISTORY, with.toBytes(), before, limit);
    }

    List<StoredPerson> contacts() throws SQLException {
        return sql.query(SqliteQueries::person, CONTACTS_BY_PRESENCE);
    }

    List<Attempt> attempts(PersonKey person, int limit) throws SQLException {
        return sql.query(
                row -> orDamaged(() -> Attempt.decode(row.getLong(1), row.getBytes(2))),
                ATTEMPTS,
                person.toBytes(),
                limit);
    }

    private List<ReceivedMark> marks(PersonKey person, String query, Object... limit) throws SQLException {
        Object[] arguments =
                limit.length == 0 ? new Object[] {person.toBytes()} : new Object[] {person.toBytes(), limit[0]};
        return sql.query(
                row -> new ReceivedMark(person, EnvelopeDigest.of(row.getBytes(1)), MessageId.of(row.getBytes(2))),
                query,
                arguments);
    }

    private static StoredPerson person(ResultSet row) throws SQLException {
        PersonAddress address = orDamaged(() -> PersonAddress.read(new WireReader(row.getBytes(1))));
        return new StoredPerson(
                address,
                row.getString(2),
                Standing.of(row.getInt(3)).orElseThrow(() -> new SQLException("unknown standing")),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getLong(6),
                row.getLong(7));
    }

    private static StoredSession session(ResultSet row) throws SQLException {
        return new StoredSession(
                PersonKey.of(row.getBytes(1)),
                SessionId.of(row.getBytes(2)),
                row.getLong(3),
                row.getBoolean(4),
                row.getBoolean(5),
                Blob.of(row.getBytes(6)),
                Blob.of(row.getBytes(7)));
    }

    private static PendingText pending(ResultSet row) throws SQLException {
        byte[] session = row.getBytes(5);
        Optional<SealedText> sealed = session == null
                ? Optional.empty()
                : Optional.of(new SealedText(
                        SessionId.of(session), EnvelopeDigest.of(row.getBytes(6)), Blob.of(row.getBytes(7))));
        return new PendingText(
                PersonKey.of(row.getBytes(1)), MessageId.of(row.getBytes(2)), row.getLong(3), row.getString(4), sealed);
    }

    private static StoredMessage message(ResultSet row) throws SQLException {
        return new StoredMessage(
                row.getLong(8),
                PersonKey.of(row.getBytes(1)),
                MessageId.of(row.getBytes(2)),
                row.getBoolean(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getString(7));
    }

    /// Something that is decoded from a column.
    private interface Decoding<T> {
        T decode() throws MalformedPacketException, SQLException;
    }

    private static <T> T orDamaged(Decoding<T> decoding) throws SQLException {
        try {
            return decoding.decode();
        } catch (MalformedPacketException e) {
            throw new SQLException("a column does not hold what it should: " + e.reason(), e);
        }
    }
}
