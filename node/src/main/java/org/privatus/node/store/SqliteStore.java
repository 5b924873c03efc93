package org.privatus.node.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.privatus.crypto.identity.PersonKey;

/// The store in one encrypted SQLite file: write-ahead log, every commit synced, deleted content overwritten.
///
/// Transactions that wait while another is synced are committed together, with one sync for all; each still succeeds
/// or fails on its own.
/// At most one operation runs at a time, whatever the executor; a single thread of its own is what it is meant for,
/// because it blocks.
public final class SqliteStore implements MessageStore {
    /// The name that the file has in a data directory.
    public static final String FILE_NAME = "privatus_chat.db";

    private static final int MAX_GROUP = 64;
    private static final String CLOSED = "the store is closed";

    private final Connection connection;
    private final SqliteChanges changes;
    private final SqliteQueries queries;
    private final Executor executor;

    // Guards the fields below, which callers and the executor share.
    private final Object lock = new Object();
    private final ArrayDeque<Operation> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private boolean closed;

    private SqliteStore(Connection connection, Executor executor) {
        this.connection = connection;
        var statements = new Statements(connection);
        this.changes = new SqliteChanges(statements);
        this.queries = new SqliteQueries(statements);
        this.executor = executor;
    }

    /// Opens the file, or makes it. Blocks for some milliseconds, and longer the larger the file is, because its
    /// integrity is checked.
    ///
    /// @param key 32 bytes, only read
    public static SqliteStore open(Path file, byte[] key, Executor executor) throws StoreOpenException {
        if (key.length != 32) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + key.length);
        }
        byte[] copy = key.clone();
        try {
            return new SqliteStore(SqliteFile.open(file, copy), executor);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    @Override
    public void submit(StoreTransaction transaction, Consumer<StoreReply<Committed>> done) {
        enqueue(new Write(transaction, done));
    }

    @Override
    public void load(int marksPerPerson, Consumer<StoreReply<StoredState>> done) {
        enqueue(new Read<>(() -> queries.load(marksPerPerson), done));
    }

    @Override
    public void inbox(long after, int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(new Read<>(() -> queries.inbox(after, limit), done));
    }

    @Override
    public void latest(int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(new Read<>(() -> queries.latest(limit), done));
    }

    @Override
    public void held(int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(new Read<>(() -> queries.held(limit), done));
    }

    @Override
    public void outbox(int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(new Read<>(() -> queries.outbox(limit), done));
    }

    @Override
    public void history(PersonKey with, long before, int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(new Read<>(() -> queries.history(with, before, limit), done));
    }

    @Override
    public void contacts(Consumer<StoreReply<List<StoredPerson>>> done) {
        enqueue(new Read<>(queries::contacts, done));
    }

    @Override
    public void attempts(PersonKey person, int limit, Consumer<StoreReply<List<Attempt>>> done) {
        enqueue(new Read<>(() -> queries.attempts(person, limit), done));
    }

    @Override
    public void close() {
        enqueue(new Close());
    }

    private sealed interface Operation {}

    private record Write(StoreTransaction transaction, Consumer<StoreReply<Committed>> done) implements Operation {}

    private record Read<T>(Reading<T> reading, Consumer<StoreReply<T>> done) implements Operation {
        void run() {
            StoreReply<T> reply;
            try {
                reply = new StoreReply.Done<>(reading.read());
            } catch (SQLException | RuntimeException e) {
                reply = new StoreReply.Failed<>(reason(e));
            }
            done.accept(reply);
        }

        void refuse() {
            done.accept(new StoreReply.Failed<>(CLOSED));
        }
    }

    private record Close() implements Operation {}

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private void enqueue(Operation operation) {
        synchronized (lock) {
            waiting.add(operation);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        executor.execute(this::drain);
    }

    /// Until nothing waits: a group of writes, or one other operation, at a time.
    private void drain() {
        var group = new ArrayList<Write>();
        while (true) {
            Operation other = null;
            synchronized (lock) {
                while (group.size() < MAX_GROUP && waiting.peek() instanceof Write write) {
                    group.add(write);
                    waiting.remove();
                }
                if (group.isEmpty()) {
                    other = waiting.poll();
                    if (other == null) {
                        scheduled = false;
                        return;
                    }
                }
            }
            if (other != null) {
                run(other);
            } else {
                commit(group);
                group.clear();
            }
        }
    }

    private void run(Operation operation) {
        switch (operation) {
            case Read<?> read when closed -> read.refuse();
            case Read<?> read -> read.run();
            case Close close -> closeConnection();
            case Write write -> commit(List.of(write));
        }
    }

    private void commit(List<Write> group) {
        var replies = new ArrayList<StoreReply<Committed>>();
        try {
            if (closed) {
                throw new SQLException(CLOSED);
            }
            connection.setAutoCommit(false);
            for (Write write : group) {
                replies.add(apply(write.transaction()));
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            replies.clear();
            group.forEach(write -> replies.add(new StoreReply.Failed<>(reason(e))));
            rollback();
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).done().accept(replies.get(i));
        }
    }

    private StoreReply<Committed> apply(StoreTransaction transaction) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            Committed committed = changes.apply(transaction);
            connection.releaseSavepoint(savepoint);
            return new StoreReply.Done<>(committed);
        } catch (SQLException e) {
            connection.rollback(savepoint);
            return new StoreReply.Failed<>(reason(e));
        }
    }

    private void rollback() {
        try {
            if (!closed) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            // The failed commit has been answered; what follows fails by itself if the connection is broken.
            return;
        }
    }

    private void closeConnection() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            connection.close();
        } catch (SQLException e) {
            // Everything acknowledged is in the log already; the next open folds it in.
            return;
        }
    }

    /// One line without content: what is no error of the database is our bug, and named by its class alone.
    private static String reason(Exception e) {
        String message = e instanceof SQLException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
