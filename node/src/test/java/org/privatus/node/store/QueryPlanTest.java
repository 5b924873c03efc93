package org.privatus.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Asks the query planner whether the indexes are used.
class QueryPlanTest {
    @TempDir
    Path directory;

    private Connection connection;

    @BeforeEach
    void open() throws StoreOpenException {
        connection = SqliteFile.open(directory.resolve(SqliteStore.FILE_NAME), new byte[32]);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void a_contacts_texts_by_time() throws SQLException {
        assertThat(plan(SqliteQueries.HISTORY))
                .contains("messages_time (contact=? AND time<?)")
                .doesNotContain("TEMP B-TREE");
    }

    @Test
    void a_contacts_texts_of_one_direction_by_time() throws SQLException {
        assertThat(plan(SqliteQueries.MARKS)).contains("messages_direction (contact=? AND outgoing=?)");
        assertThat(plan(SqliteQueries.HELD)).contains("messages_direction (contact=? AND outgoing=?)");
    }

    @Test
    void contacts_by_presence() throws SQLException {
        assertThat(plan(SqliteQueries.CONTACTS_BY_PRESENCE))
                .contains("contacts_online")
                .doesNotContain("TEMP B-TREE");
    }

    @Test
    void verified_contacts_by_when_they_were_seen() throws SQLException {
        assertThat(plan("SELECT name FROM contacts WHERE verified = 1 ORDER BY last_seen DESC"))
                .contains("contacts_verified (verified=?)")
                .doesNotContain("TEMP B-TREE");
    }

    @Test
    void the_inbox_by_position() throws SQLException {
        assertThat(plan(SqliteQueries.INBOX))
                .contains("messages_shown (shown>?)")
                .doesNotContain("TEMP B-TREE");
    }

    @Test
    void pending_texts() throws SQLException {
        assertThat(plan(SqliteQueries.OUTBOX)).contains("messages_pending").doesNotContain("TEMP B-TREE");
        assertThat(plan(SqliteQueries.PENDING)).contains("messages_pending").doesNotContain("TEMP B-TREE");
    }

    @Test
    void attempts_of_a_contact() throws SQLException {
        assertThat(plan(SqliteQueries.ATTEMPTS))
                .contains("attempts_contact (contact=?)")
                .doesNotContain("TEMP B-TREE");
    }

    private String plan(String query) throws SQLException {
        var plan = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + query)) {
            while (rows.next()) {
                plan.append(rows.getString("detail")).append('\n');
            }
        }
        return plan.toString();
    }
}
