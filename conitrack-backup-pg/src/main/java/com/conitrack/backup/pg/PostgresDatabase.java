package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDumper;
import com.conitrack.backup.core.port.DatabaseInspector;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseTables;
import com.conitrack.backup.core.port.RunLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database, dumped with pg_dump and restored with psql of the server's own major
 * version, failing that of the nearest newer one, which a remark then says. Older tools are
 * refused.
 *
 * <pre>{@code
 * Database database =
 *     PostgresDatabase.of(
 *         PostgresConnection.of("jdbc:postgresql://localhost/conitrack")
 *             .withUser("backup")
 *             .withPassword(() -> vault.read("backup")));
 * }</pre>
 *
 * Tools are looked for in the usual places of the platform and in {@code PATH}. Passwords reach
 * them in a temporary file that only its owner can read, removed as soon as they have connected.
 */
public final class PostgresDatabase implements Database {
  private final Jdbc jdbc;
  private final PgDumper dumper;
  private final PgInspector inspector;
  private final PgRestorer restorer;
  private final AdvisoryLock lock;
  private final PgServer server;

  private PostgresDatabase(Builder settings) {
    ClientTools tools = new ClientTools(settings::toolPlaces);
    ToolLauncher launcher = new ToolLauncher(settings.connection, settings.temporaryDirectory);
    jdbc = new Jdbc(settings.connection);
    dumper = new PgDumper(jdbc, tools, launcher, settings.lockWait);
    restorer = new PgRestorer(jdbc, tools, launcher.named(LeftSessions.APPLICATION));
    inspector = new PgInspector(jdbc, new GlobalsReader(settings.connection, tools, launcher));
    lock = new AdvisoryLock(jdbc, settings.lockLease);
    server =
        new PgServer(
            new Maintenance(settings.connection, settings.maintenanceDatabase),
            name -> settings.on(name).build());
  }

  /** A database with the default settings. */
  public static PostgresDatabase of(PostgresConnection connection) {
    return builder(connection).build();
  }

  /** Settings beyond the connection. */
  public static Builder builder(PostgresConnection connection) {
    return new Builder(connection);
  }

  @Override
  public DatabaseDumper dumper() {
    return dumper;
  }

  @Override
  public DatabaseInspector inspector() {
    return inspector;
  }

  @Override
  public DatabaseRestorer restorer() {
    return restorer;
  }

  /** One runner at a time on this database, by an advisory lock in it. */
  @Override
  public RunLock lock() {
    return lock;
  }

  /** Worked on from another of its databases, see {@link Builder#maintenanceDatabase}. */
  @Override
  public DatabaseServer server() {
    return server;
  }

  @Override
  public DatabaseTables tables() {
    return new PgTables(jdbc);
  }

  /** Whether {@code other} leads to this database, going by host, port and name as written. */
  public boolean isAt(PostgresConnection other) {
    PostgresConnection own = jdbc.target();
    return own.server().equalsIgnoreCase(other.server()) && own.database().equals(other.database());
  }

  /** Where it is; no password. */
  @Override
  public String toString() {
    return jdbc.target().toString();
  }

  /** Settings; each has a default. */
  public static final class Builder {
    private final PostgresConnection connection;
    private @Nullable Path toolsDirectory;
    private Path temporaryDirectory = Path.of(System.getProperty("java.io.tmpdir"));
    private Duration lockWait = Duration.ofMinutes(5);
    private Duration lockLease = Duration.ofMinutes(1);
    private @Nullable String maintenanceDatabase;

    private Builder(PostgresConnection connection) {
      this.connection = connection;
    }

    private ToolPlaces toolPlaces() {
      return toolsDirectory == null
          ? ToolPlaces.usual(System.getenv().getOrDefault("PATH", ""))
          : new ToolPlaces(List.of(toolsDirectory));
    }

    /** The only directory to take pg_dump, pg_dumpall and psql from. */
    public Builder toolsDirectory(Path directory) {
      toolsDirectory = directory;
      return this;
    }

    /** Where password files are made for a moment; by default {@code java.io.tmpdir}. */
    public Builder temporaryDirectory(Path directory) {
      temporaryDirectory = directory;
      return this;
    }

    /**
     * How long a dump waits for tables that another session has locked exclusively; at least a
     * millisecond, by default five minutes.
     */
    public Builder lockWait(Duration wait) {
      if (wait.toMillis() < 1) {
        throw new IllegalArgumentException("a dump must wait for locks at least 1 ms, not " + wait);
      }
      lockWait = wait;
      return this;
    }

    /**
     * After how long the server gives the lock on the database to another runner when its holder
     * shows no sign of life, because its process stands still for instance; by default a minute, at
     * least a second. Where the process or its connection ends, the lock is free at once. Servers
     * before version 14 cannot tell a holder that stands still.
     */
    public Builder lockLease(Duration lease) {
      if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("a lock lasts at least 1 s, not " + lease);
      }
      lockLease = lease;
      return this;
    }

    /**
     * The database to connect to for creating, renaming and dropping others; by default {@code
     * postgres}, else {@code template1}. It must not be the one that is restored.
     */
    public Builder maintenanceDatabase(String name) {
      maintenanceDatabase = name;
      return this;
    }

    /** The database. Opens no connection. */
    public PostgresDatabase build() {
      return new PostgresDatabase(on(connection.database()));
    }

    /** The same settings for another database of the server. */
    private Builder on(String database) {
      Builder other = new Builder(connection.withDatabase(database));
      other.toolsDirectory = toolsDirectory;
      other.temporaryDirectory = temporaryDirectory;
      other.lockWait = lockWait;
      other.lockLease = lockLease;
      other.maintenanceDatabase = maintenanceDatabase;
      return other;
    }
  }
}
