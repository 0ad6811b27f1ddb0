package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.setup.SecretFile;
import com.conitrack.backup.pg.PostgresConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code database}. */
final class DatabaseReader {
  private static final Duration LOCK_WAIT = Duration.ofMinutes(5);
  private static final List<String> PASSWORDS = List.of("password", "password-file", "passfile");

  private DatabaseReader() {}

  /** Null if something is wrong, which is then among the problems. */
  static @Nullable DatabaseConfig read(Section top) {
    Section database = top.section("database", ConfigKeys.DATABASE);
    if (database == null) {
      if (!top.has("database")) {
        top.problem("database", "no database is given", "write database: and below it url:");
      }
      return null;
    }
    PostgresConnection connection = connection(database);
    Path tools = database.file("tools");
    String maintenance = database.text("maintenance-database");
    Duration lockWait = lockWait(database);
    DumpScope scope = scope(database);
    return connection == null
        ? null
        : new DatabaseConfig(connection, tools, maintenance, lockWait, scope);
  }

  private static @Nullable PostgresConnection connection(Section database) {
    PostgresConnection connection = url(database);
    // Read although there may be no URL: what is wrong with them is told all the same.
    String user = database.text("user");
    String password = database.text("password");
    Path passwordFile = database.file("password-file");
    Path passfile = database.file("passfile");
    List<String> given = PASSWORDS.stream().filter(database::has).toList();
    if (given.size() > 1) {
      database.problem(
          given.get(1), "a password is given by " + given.get(0) + " already", "keep one of them");
    }
    if (connection == null) {
      return null;
    }
    return withPassword(withUser(database, connection, user), password, passwordFile, passfile);
  }

  private static @Nullable PostgresConnection url(Section database) {
    Scalar url = database.scalar("url");
    if (url == null) {
      if (!database.has("url")) {
        String remedy = "write url: jdbc:postgresql://host:5432/database";
        database.problem("url", "the database has no URL", remedy);
      }
      return null;
    }
    try {
      return PostgresConnection.of(url.value());
    } catch (BackupException e) {
      database.problem("url", url, "the URL cannot be used: " + e.why(), e.hint());
      return null;
    }
  }

  private static PostgresConnection withUser(
      Section database, PostgresConnection connection, @Nullable String user) {
    try {
      return user == null ? connection : connection.withUser(user);
    } catch (BackupException e) {
      database.problem("user", e.why(), e.hint());
      return connection;
    }
  }

  private static PostgresConnection withPassword(
      PostgresConnection connection,
      @Nullable String password,
      @Nullable Path passwordFile,
      @Nullable Path passfile) {
    if (password != null) {
      return connection.withPassword(password);
    }
    if (passwordFile != null) {
      return connection.withPassword(SecretFile.at(passwordFile));
    }
    return passfile == null ? connection : connection.withPassfile(passfile);
  }

  private static Duration lockWait(Section database) {
    Duration wait = database.duration("lock-wait");
    if (wait != null && wait.toMillis() < 1) {
      database.problem("lock-wait", "a dump must wait for locks a moment at least", "write 1s");
      return LOCK_WAIT;
    }
    return wait == null ? LOCK_WAIT : wait;
  }

  private static DumpScope scope(Section database) {
    return new DumpScope(
        database.texts("include-schemas"),
        database.texts("exclude-schemas"),
        database.texts("include-tables"),
        database.texts("exclude-tables"),
        database.texts("exclude-table-data"));
  }
}
