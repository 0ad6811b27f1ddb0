package com.conitrack.backup.pg;

import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of this adapter share. */
final class Targets {
  static final Duration LONG = Duration.ofMinutes(5);

  /** How long to wait for what comes at once on a machine that is not busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Targets() {}

  /** The superuser's connection to one of the server's databases. */
  static PostgresConnection superuser(PostgresFixture server, String database) {
    return PostgresConnection.of(server.jdbcUrl(database))
        .withUser(server.superuser())
        .withPassword(server.password());
  }

  static PostgresDatabase database(PostgresFixture server, String database) {
    return PostgresDatabase.of(superuser(server, database));
  }

  static BackupException failure(ThrowingCallable call) {
    return Assertions.catchThrowableOfType(BackupException.class, call);
  }

  /** The first column of the first row. */
  static String query(PostgresFixture server, String database, String sql) {
    try (Connection connection = server.connect(database);
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits until the server has a session, other than the asking one, that fits {@code condition}.
   */
  static void awaitSession(PostgresFixture server, String database, String condition) {
    String sql = "SELECT 1 FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND " + condition;
    await().atMost(PATIENCE).until(() -> query(server, database, sql), "1"::equals);
  }

  /**
   * Waits until the server has no session in {@code database} that fits {@code condition}: a
   * process whose session has ended is there a moment longer. Those of the server's own do not
   * count.
   */
  static void awaitNoSession(PostgresFixture server, String database, String condition) {
    String sql =
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = '"
            + database
            + "' AND "
            + condition;
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .until(() -> query(server, "postgres", sql), "0"::equals);
  }

  /** Waits until a tool that this process started runs, and returns it. */
  static ProcessHandle awaitTool(String name) {
    return await().atMost(PATIENCE).until(() -> tool(name), Optional::isPresent).orElseThrow();
  }

  static Optional<ProcessHandle> tool(String name) {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> works(child.info(), name) && child.isAlive())
        .findFirst();
  }

  /**
   * Not so while it is asked for its version; one that has just ended has no arguments any more.
   */
  private static boolean works(ProcessHandle.Info child, String tool) {
    List<String> arguments = List.of(child.arguments().orElse(new String[0]));
    return child.command().orElse("").endsWith("/" + tool)
        && !arguments.isEmpty()
        && !arguments.contains("--version");
  }

  /** The plain dump as text, without the random token that recent versions write into it. */
  static String dumpText(PostgresDatabase database) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    database.dumper().dump(DumpRequest.WHOLE, bytes);
    return bytes.toString(StandardCharsets.UTF_8).replaceAll("(?m)^\\\\(un)?restrict .*\\R", "");
  }
}
