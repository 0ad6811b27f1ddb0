package com.conitrack.backup.spring;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.setup.SecretFile;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.spring.properties.DatabaseProperties;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** The database out of the settings, or out of what the application itself connects to. */
final class DatabaseFactory {
  private static final String ELSEWHERE =
      "; where the application runs on another database, set conitrack.backup.enabled=false";

  private final DatabaseProperties given;
  private final SettingProblems problems;

  DatabaseFactory(DatabaseProperties given, SettingProblems problems) {
    this.given = given;
    this.problems = problems;
  }

  DumpScope scope() {
    return new DumpScope(
        given.includeSchemas(),
        given.excludeSchemas(),
        given.includeTables(),
        given.excludeTables(),
        given.excludeTableData());
  }

  /** The database that the settings name, else the application's. Opens no connection. */
  PostgresDatabase database(Supplier<@Nullable DataSource> dataSource, Environment environment) {
    requireOnePassword();
    PostgresConnection connection = connectionOrTell(dataSource, environment);
    problems.throwIfAny();
    return on(Objects.requireNonNull(connection));
  }

  /** The database that another DataSource of the application connects to. */
  PostgresDatabase database(DataSource dataSource) {
    return on(withPassword(PostgresConnection.of(dataSource)));
  }

  PostgresDatabase on(PostgresConnection connection) {
    PostgresDatabase.Builder builder =
        PostgresDatabase.builder(connection).lockWait(given.lockWait().value());
    if (given.tools() != null) {
      builder.toolsDirectory(Path.of(given.tools()));
    }
    if (given.maintenanceDatabase() != null) {
      builder.maintenanceDatabase(given.maintenanceDatabase());
    }
    return builder.build();
  }

  /** Null if there is none, which is then among the problems. */
  private @Nullable PostgresConnection connectionOrTell(
      Supplier<@Nullable DataSource> dataSource, Environment environment) {
    try {
      return connection(dataSource, environment);
    } catch (BackupException e) {
      String hint = e.hint() == null ? "give another" : e.hint();
      problems.add("database.url", e.why(), given.url() == null ? hint + ELSEWHERE : hint);
      return null;
    }
  }

  private @Nullable PostgresConnection connection(
      Supplier<@Nullable DataSource> dataSource, Environment environment) {
    if (given.url() != null) {
      return withPassword(withUser(PostgresConnection.of(given.url()), given.user()));
    }
    DataSource source = dataSource.get();
    PostgresConnection connection =
        source == null ? UsualSettings.connection(environment) : of(source, environment);
    if (connection == null) {
      problems.add(
          "database.url",
          "no database is given, and the application has no DataSource of its own, or several",
          "set conitrack.backup.database.url, or mark one DataSource as @Primary");
      return null;
    }
    return withPassword(withUser(connection, given.user()));
  }

  /** A DataSource that does not tell its URL was most likely made from the usual settings. */
  private static PostgresConnection of(DataSource source, Environment environment) {
    try {
      return PostgresConnection.of(source);
    } catch (BackupException e) {
      PostgresConnection usual = UsualSettings.DATA_SOURCE.read(environment);
      if (usual == null) {
        throw e;
      }
      return usual;
    }
  }

  private static PostgresConnection withUser(PostgresConnection connection, @Nullable String user) {
    return user == null ? connection : connection.withUser(user);
  }

  private PostgresConnection withPassword(PostgresConnection connection) {
    if (given.password() != null) {
      return connection.withPassword(given.password());
    }
    if (given.passwordFile() != null) {
      return connection.withPassword(SecretFile.at(Path.of(given.passwordFile())));
    }
    return given.passfile() == null
        ? connection
        : connection.withPassfile(Path.of(given.passfile()));
  }

  private void requireOnePassword() {
    long count =
        Stream.of(given.password(), given.passwordFile(), given.passfile())
            .filter(Objects::nonNull)
            .count();
    if (count > 1) {
      String remedy = "keep one of password, password-file and passfile";
      problems.add("database.password", "it is given more than once", remedy);
    }
  }
}
