package org.privatus.node.store;

import java.util.List;

/// Tables and indexes of `privatus_chat.db`.
///
/// A message's `shown` is its place in the inbox and null while it is held or outgoing; `acknowledged` is 0 until it
/// is. The sealed columns
/// (`session`, `digest`, `envelope`) of an outgoing text are emptied when it is acknowledged; of an incoming one only
/// `digest` is kept, to
/// acknowledge the same bytes again. A deleted message keeps its row, without text, so that its id stays known.
final class Schema {
    static final int VERSION = 1;

    /// "PRIV": how a database of ours is told from another one under the same key.
    static final int APPLICATION_ID = 0x50524956;

    static final List<String> CREATE = List.of(
            """
            CREATE TABLE contacts(
              contact INTEGER PRIMARY KEY,
              key BLOB NOT NULL UNIQUE,
              address BLOB NOT NULL,
              name TEXT NOT NULL,
              standing INTEGER NOT NULL,
              verified INTEGER NOT NULL,
              online INTEGER NOT NULL,
              added INTEGER NOT NULL,
              last_seen INTEGER NOT NULL)\
            """,
            "CREATE INDEX contacts_online ON contacts(online, last_seen)",
            "CREATE INDEX contacts_verified ON contacts(verified, last_seen)",
            """
            CREATE TABLE messages(
              message INTEGER PRIMARY KEY,
              contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
              id BLOB NOT NULL,
              outgoing INTEGER NOT NULL,
              time INTEGER NOT NULL,
              sent INTEGER NOT NULL,
              text TEXT NOT NULL,
              shown INTEGER,
              acknowledged INTEGER NOT NULL DEFAULT 0,
              deleted INTEGER NOT NULL DEFAULT 0,
              session BLOB,
              digest BLOB,
              envelope BLOB,
              UNIQUE(contact, outgoing, id))\
            """,
            "CREATE INDEX messages_time ON messages(contact, time)",
            "CREATE INDEX messages_direction ON messages(contact, outgoing, time) WHERE deleted = 0",
            "CREATE INDEX messages_shown ON messages(shown) WHERE shown IS NOT NULL",
            "CREATE INDEX messages_pending ON messages(outgoing)"
                    + " WHERE outgoing = 1 AND acknowledged = 0 AND deleted = 0",
            """
            CREATE TABLE sessions(
              contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
              id BLOB NOT NULL,
              ordinal INTEGER NOT NULL,
              own INTEGER NOT NULL,
              retired INTEGER NOT NULL,
              introduction BLOB NOT NULL,
              ratchet BLOB NOT NULL,
              PRIMARY KEY(contact, id))\
            """,
            """
            CREATE TABLE attempts(
              attempt INTEGER PRIMARY KEY AUTOINCREMENT,
              contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
              started INTEGER NOT NULL,
              record BLOB NOT NULL)\
            """,
            "CREATE INDEX attempts_contact ON attempts(contact, attempt)",
            "CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
            "INSERT INTO counters VALUES('shown', 0)",
            "PRAGMA application_id = " + APPLICATION_ID,
            "PRAGMA user_version = " + VERSION);

    private Schema() {}
}
