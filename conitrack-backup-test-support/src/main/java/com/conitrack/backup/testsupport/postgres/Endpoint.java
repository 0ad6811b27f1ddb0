package com.conitrack.backup.testsupport.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Where a server listens, and its superuser's way in. Immutable. */
final class Endpoint {
  /** The superuser's name, and that of the database every server has. */
  static final String SUPERUSER = "postgres";

  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

  private final String host;
  private final int port;
  private final String password;

  Endpoint(String host, int port, String password) {
    this.host = host;
    this.port = port;
    this.password = password;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  /** The JDBC URL of one of the databases, without user and password. */
  String jdbcUrl(String database) {
    String name = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    return "jdbc:postgresql://" + host + ":" + port + "/" + name;
  }

  /**
   * A connection of the superuser, which the caller closes.
   *
   * @param properties the driver's, to which those of the superuser are added
   */
  Connection connect(String database, Properties properties) throws SQLException {
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "postgres-fixture");
    properties.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  /**
   * Waits until the server answers.
   *
   * @param running whether what was started still runs
   * @param deadline when to give up, as {@link System#nanoTime()} tells the time
   * @return false if it ended or did not answer in time
   */
  boolean answers(BooleanSupplier running, long deadline) {
    while (running.getAsBoolean() && System.nanoTime() < deadline) {
      try (Connection connection = connect(SUPERUSER, new Properties())) {
        // Something answered; it is ours only if ours is still there.
        return running.getAsBoolean() && connection.isValid(0);
      } catch (SQLException e) {
        pause();
      }
    }
    return false;
  }

  /** Waits a moment before something is tried again. */
  static void pause() {
    LockSupport.parkNanos(POLL_NANOS);
  }
}
