package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and as whom to connect: one description for JDBC and for the client tools.
 * Immutable; opens nothing. Safe for use by many threads if the password supplier is.
 *
 * <p>A password is asked for each time a connection is made, so one that is renewed meanwhile is
 * picked up. It is never shown: not by {@link #toString()}, and in no message. Without one, the
 * user's {@code ~/.pgpass} is consulted by driver and tools alike (PostgreSQL documentation, "The
 * Password File").
 */
public final class PostgresConnection {
  static final int DEFAULT_PORT = 5432;

  private final String host;
  private final int port;
  private final String database;
  private final String user;
  private final @Nullable Supplier<char[]> password;
  private final Map<String, String> parameters;

  PostgresConnection(
      String host,
      int port,
      String database,
      String user,
      @Nullable Supplier<char[]> password,
      Map<String, String> parameters) {
    this.host = ConnectionRules.requireTcpHost(host);
    this.port = port;
    this.database = ConnectionRules.requireName("database name", database);
    this.user = ConnectionRules.requireName("user name", user);
    this.password = password;
    this.parameters = new TreeMap<>(parameters);
  }

  /**
   * Reads a JDBC URL, {@code jdbc:postgresql://host:port/database?user=…}, or a libpq URI, {@code
   * postgresql://user:password@host:port/database?sslmode=…} (PostgreSQL documentation, "Connection
   * URIs"), with percent-encoding and IPv6 addresses in brackets.
   *
   * <p>Where several hosts are listed, the first one is used: a backup comes from the server that
   * was named, not from whichever answered. Parameters that say how to connect (TLS, {@code
   * options}, time limits) are kept for driver and tools; others, such as {@code currentSchema},
   * are left out.
   *
   * @throws DatabaseException kind {@code CONFIGURATION} if it cannot be read, or asks for what the
   *     client tools cannot do; the message does not repeat the URL
   */
  public static PostgresConnection of(String url) {
    return ConnectionUrl.parse(url);
  }

  /**
   * Reads URL, user and password from a pool or other {@link DataSource} through its getters
   * ({@code getJdbcUrl}, {@code getUrl}, {@code getUsername}, {@code getUser}, {@code
   * getPassword}), also behind wrappers. Opens no connection. Where no password can be read, give
   * one with {@link #withPassword(String)}.
   *
   * @throws DatabaseException kind {@code CONFIGURATION} if it tells no URL
   */
  public static PostgresConnection of(DataSource dataSource) {
    return DataSourceReader.read(dataSource);
  }

  /** The same place as another user; the password is kept. */
  public PostgresConnection withUser(String name) {
    return new PostgresConnection(host, port, database, name, password, parameters);
  }

  /** The same with this password. */
  public PostgresConnection withPassword(String secret) {
    return withPassword(secret::toCharArray);
  }

  /**
   * The same with a password that is asked for at each connection.
   *
   * @param secret gives a fresh array each time, which is overwritten after use
   */
  public PostgresConnection withPassword(Supplier<char[]> secret) {
    return new PostgresConnection(host, port, database, user, secret, parameters);
  }

  /**
   * The same with the password that a password file holds for this host, port, database and user,
   * looked up at each connection.
   *
   * @param file in the format of {@code .pgpass}; others than its owner must not be able to read it
   */
  public PostgresConnection withPassfile(Path file) {
    return withPassword(() -> PasswordFile.lookUp(file, this));
  }

  /** Another database of the same server. */
  public PostgresConnection withDatabase(String name) {
    return new PostgresConnection(host, port, name, user, password, parameters);
  }

  /** Host name or address; an IPv6 address without brackets. */
  public String host() {
    return host;
  }

  /** The port, 1 to 65535. */
  public int port() {
    return port;
  }

  /** The database's name, unquoted. */
  public String database() {
    return database;
  }

  /** The user's name, unquoted. */
  public String user() {
    return user;
  }

  /** Whether a password was given; {@code ~/.pgpass} may still hold one if not. */
  public boolean hasPassword() {
    return password != null;
  }

  /** Host and port for people: {@code db.example:5432}, {@code [::1]:5432}. */
  String server() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** A fresh copy of the password, which the caller overwrites; null if none was given. */
  char @Nullable [] password() {
    if (password == null) {
      return null;
    }
    char[] secret = password.get();
    if (secret == null) {
      throw new DatabaseException(
          ErrorKind.CONFIGURATION,
          "unable to connect to database '" + database + "' on " + server(),
          "the password supplier gave nothing",
          "make it return the password of user '" + user + "'");
    }
    return secret;
  }

  /** Settings of the connection, by the names of the JDBC driver. */
  Map<String, String> parameters() {
    return Map.copyOf(parameters);
  }

  /** User, server and database. */
  @Override
  public String toString() {
    return "postgresql://" + user + (hasPassword() ? ":***" : "") + "@" + server() + "/" + database;
  }
}
