package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.ServerVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection, whose errors are already translated. Belongs to one thread at a time. */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final String what;

  /** Takes the connection over, also when this fails. */
  Session(Connection connection, String what) throws SQLException {
    this.connection = connection;
    this.what = what;
    try (PreparedStatement statement =
        connection.prepareStatement("SET search_path = pg_catalog")) {
      // Nothing of the user's can then stand in for a function or table of the catalogue.
      statement.execute();
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Makes a value of the current row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  ServerVersion serverVersion() {
    try {
      return ServerVersion.parse(connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  <T> List<T> list(String sql, Row<T> row, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return readAll(statement, row);
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  private static <T> List<T> readAll(PreparedStatement statement, Row<T> row) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet results = statement.executeQuery()) {
      while (results.next()) {
        rows.add(row.read(results));
      }
    }
    return rows;
  }

  /** The first column of every row. */
  List<String> strings(String sql, Object... parameters) {
    return list(sql, row -> row.getString(1), parameters);
  }

  /** The first row, if there is one. */
  <T> Optional<T> first(String sql, Row<T> row, Object... parameters) {
    return list(sql, row, parameters).stream().findFirst();
  }

  void execute(String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  /** Never throws: what the session held ends with it, one way or the other. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The connection is gone already, which is what was wanted.
    }
  }
}
