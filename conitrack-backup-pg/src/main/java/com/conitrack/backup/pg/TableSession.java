package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.port.TableTransaction.RowSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, under the settings that pg_dump gives its scripts, so that values mean what they
 * meant when they were dumped. What is not committed is rolled back when it is closed, and by the
 * server when this process dies.
 */
final class TableSession implements AutoCloseable {
  private static final String SETTINGS =
      """
      SET TRANSACTION READ WRITE;
      SELECT pg_catalog.set_config('search_path', '', true);
      SET LOCAL row_security = off;
      SET LOCAL check_function_bodies = false;
      SET LOCAL xmloption = content;
      SET LOCAL DateStyle = 'ISO, MDY';
      SET LOCAL IntervalStyle = 'postgres';
      SET LOCAL extra_float_digits = 3;
      SET LOCAL bytea_output = 'hex';
      SET LOCAL client_min_messages = warning;
      SET LOCAL idle_in_transaction_session_timeout = 0;
      SET LOCAL lock_timeout = '60s';
      SET LOCAL statement_timeout = %d
      """;

  private final Connection connection;
  private final String what;

  private TableSession(Connection connection, String what) {
    this.connection = connection;
    this.what = what;
  }

  /**
   * Opens a connection and begins.
   *
   * @param what what it is for, as errors say it: "unable to …"
   * @param timeout how long one statement may take
   */
  static TableSession begin(Jdbc jdbc, String what, Duration timeout) {
    return begin(jdbc.openForWork(what), what, timeout);
  }

  /** Takes the connection over, also when this fails. */
  static TableSession begin(Connection connection, String what, Duration timeout) {
    TableSession session = new TableSession(connection, what);
    try {
      connection.setAutoCommit(false);
      long millis = Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
      session.execute(SETTINGS.formatted(millis));
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e instanceof SQLException sql ? SqlErrors.translate(what, sql) : (RuntimeException) e;
    }
  }

  Connection connection() {
    return connection;
  }

  String what() {
    return what;
  }

  /** Executes statements whose results do not matter. */
  void execute(String sql) {
    try {
      run(sql);
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /**
   * Executes a statement that may fail without harm.
   *
   * @return why it failed, null if it did not
   */
  @Nullable String attempt(String sql) {
    execute("SAVEPOINT conitrack_attempt");
    try {
      run(sql);
      execute("RELEASE SAVEPOINT conitrack_attempt");
      return null;
    } catch (SQLException e) {
      execute("ROLLBACK TO SAVEPOINT conitrack_attempt");
      return SqlErrors.translate(what, e).why().replaceFirst("^ERROR: ", "");
    }
  }

  /** Executes a statement that changes rows and returns how many it changed. */
  long change(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      return statement.executeLargeUpdate(sql);
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  <T> List<T> list(String sql, Session.Row<T> row, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          rows.add(row.read(results));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  /** The number in the first column of the only row. */
  long number(String sql) {
    return list(sql, row -> row.getLong(1)).get(0);
  }

  /** Takes all rows that the source writes, or none. */
  void load(RowSource source, CopySink.Targets targets) {
    execute("SAVEPOINT conitrack_rows");
    try (CopySink sink = new CopySink(connection, targets)) {
      source.writeTo(sink);
      sink.finish();
    } catch (Exception e) {
      takeBack(e);
      throw CopySink.translate(what, e);
    }
    execute("RELEASE SAVEPOINT conitrack_rows");
  }

  private void takeBack(Exception failure) {
    try {
      execute("ROLLBACK TO SAVEPOINT conitrack_rows");
    } catch (DatabaseException e) {
      failure.addSuppressed(e);
    }
  }

  /** The transaction's number, which it has from now on if it had none. */
  String id() {
    return Long.toString(number("SELECT pg_catalog.txid_current()"));
  }

  void commit() {
    try {
      run(DurableCommit.STATEMENT);
      connection.commit();
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is gone already, and with it what was not committed.
    }
  }
}
