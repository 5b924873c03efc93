package org.privatus.node.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prepared statements of one connection, each prepared once.
final class Statements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /// How a row becomes a value.
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Rows changed.
    int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    <T> List<T> query(Row<T> row, String sql, @Nullable Object... arguments) throws SQLException {
        var values = new ArrayList<T>();
        try (ResultSet result = bind(sql, arguments).executeQuery()) {
            while (result.next()) {
                values.add(row.read(result));
            }
        }
        return values;
    }

    Connection connection() {
        return connection;
    }

    private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case Boolean flag -> statement.setInt(i + 1, flag ? 1 : 0);
                case Integer number -> statement.setInt(i + 1, number);
                case Long number -> statement.setLong(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                case null -> statement.setObject(i + 1, null);
                default -> throw new IllegalArgumentException("argument " + i);
            }
        }
        return statement;
    }
}
