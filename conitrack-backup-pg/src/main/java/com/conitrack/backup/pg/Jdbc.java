package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ServerVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens sessions with the server. */
final class Jdbc {
  static final String APPLICATION = "conitrack-backup";

  /** A query here may have to wait for a busy disk, but not for ever for a peer that has gone. */
  private static final String SOCKET_TIMEOUT_SECONDS = "300";

  private static final String LOCK_SOCKET_TIMEOUT_SECONDS = "30";

  private static final String CONNECT_TIMEOUT_SECONDS = "15";

  private final PostgresConnection target;

  Jdbc(PostgresConnection target) {
    this.target = target;
  }

  PostgresConnection target() {
    return target;
  }

  /**
   * Opens a session to read the catalogue.
   *
   * @param what what it is for, as errors say it: "unable to …"
   */
  Session open(String what) {
    try {
      return Session.scoped(connect(APPLICATION), what);
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  /** Opens a session that the server's lists show by this name, with the last statement it ran. */
  Session openNamed(String applicationName, String what) {
    try {
      return Session.plain(connect(applicationName), what);
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  /**
   * Opens a session that holds a lock: named as above, and soon given up when the server does not
   * answer, for whoever waits for it for minutes does not notice that the lock is lost.
   */
  Session openForLock(String applicationName, String what) {
    try {
      Properties properties = properties(applicationName);
      properties.setProperty("socketTimeout", LOCK_SOCKET_TIMEOUT_SECONDS);
      return Session.plain(connect(properties), what);
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  /** Asks the server's version, which proves on the way that the database lets us in. */
  ServerVersion serverVersion(String what) {
    try (Session session = open(what)) {
      return session.serverVersion();
    }
  }

  /** Opens a connection for a transaction whose statements take as long as the work needs. */
  Connection openForWork(String what) {
    try {
      Properties properties = properties(APPLICATION);
      properties.setProperty("socketTimeout", "0");
      return connect(properties);
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  /**
   * The same where errors must not tell the values of a row.
   *
   * @param applicationName what the server's lists call it
   */
  Connection openDiscreetly(String applicationName, String what) {
    try {
      Properties properties = properties(applicationName);
      properties.setProperty("socketTimeout", "0");
      properties.setProperty("logServerErrorDetail", "false");
      return connect(properties);
    } catch (SQLException e) {
      throw SqlErrors.translate(what, e);
    }
  }

  private Connection connect(String applicationName) throws SQLException {
    return connect(properties(applicationName));
  }

  private Connection connect(Properties properties) throws SQLException {
    Connection connection = new Driver().connect(url(), properties);
    if (connection == null) {
      throw new SQLException("the driver did not accept " + target, "08001");
    }
    return connection;
  }

  private String url() {
    return "jdbc:postgresql://"
        + target.server()
        + "/"
        + URLEncoder.encode(target.database(), StandardCharsets.UTF_8);
  }

  private Properties properties(String applicationName) throws DatabaseException {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.putAll(target.parameters());
    properties.setProperty("ApplicationName", applicationName);
    properties.setProperty("user", target.user());
    properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    // Poolers in transaction mode lose server-side prepared statements between transactions.
    properties.setProperty("prepareThreshold", "0");
    char[] password = target.password();
    if (password != null) {
      properties.setProperty("password", new String(password));
      Arrays.fill(password, '\0');
    }
    return properties;
  }
}
