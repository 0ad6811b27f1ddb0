package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.ServerVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * One connection, whose errors are already translated. Belongs to one thread at a time.
 *
 * <p>A scoped session reads each thing in a transaction of its own, in which nothing of the user's
 * can stand in for a function or table of the catalogue, and no lock is waited for long. The
 * settings end with the transaction: behind a pooler the next client gets the server's session as
 * it was.
 */
final class Session implements AutoCloseable {
  private static final String SCOPE =
      "SET LOCAL search_path = pg_catalog; SET LOCAL lock_timeout = '3s'";

  private final Connection connection;
  private final String what;
  private final boolean scoped;

  private Session(Connection connection, String what, boolean scoped) {
    this.connection = connection;
    this.what = what;
    this.scoped = scoped;
  }

  /** Takes the connection over, also when this fails. */
  static Session scoped(Connection connection, String what) throws SQLException {
    try {
      connection.setAutoCommit(false);
      return new Session(connection, what, true);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Takes the connection over; what is executed is all that the server sees. */
  static Session plain(Connection connection, String what) {
    return new Session(connection, what, false);
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

  /**
   * Whether the server itself is at the other end. A pooler tells its clients numbers of its own
   * for the cancelling of queries (PostgreSQL documentation, "Canceling Requests in Progress"),
   * which are not those of the server's process.
   */
  boolean isDirect() {
    try {
      return connection.unwrap(PGConnection.class).getBackendPID() == serverProcess();
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  /**
   * The server's process that executes this statement; through a pooler the next may have another.
   */
  int serverProcess() {
    return first("SELECT pg_catalog.pg_backend_pid()", row -> row.getInt(1)).orElse(0);
  }

  <T> List<T> list(String sql, Row<T> row, Object... parameters) {
    try {
      begin();
      List<T> rows = query(sql, row, parameters);
      end();
      return rows;
    } catch (SQLException e) {
      throw SqlErrors.translate(what, rolledBack(e));
    }
  }

  /** Executes one statement, whose result does not matter; in a plain session only. */
  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  private void begin() throws SQLException {
    if (scoped) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(SCOPE);
      }
    }
  }

  private void end() throws SQLException {
    if (scoped) {
      connection.commit();
    }
  }

  private SQLException rolledBack(SQLException failure) {
    if (scoped) {
      try {
        connection.rollback();
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  private <T> List<T> query(String sql, Row<T> row, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return readAll(statement, row);
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
