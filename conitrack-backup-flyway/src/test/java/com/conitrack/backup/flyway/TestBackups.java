package com.conitrack.backup.flyway;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Backups of the database that a file names, in the directory beside it. */
public final class TestBackups implements ConfiguredBackups {
  public TestBackups() {}

  @Override
  public ConitrackBackup of(@Nullable Path file) {
    Path given = Objects.requireNonNull(file, "no file is named");
    try {
      return of(Files.readString(given), given.resolveSibling("objects"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConitrackBackup of(String database, Path objects) {
    PostgresFixture server = PostgresFixture.shared();
    PostgresConnection connection =
        PostgresConnection.of(server.jdbcUrl(database))
            .withUser(server.superuser())
            .withPassword(server.password());
    return ConitrackBackup.builder()
        .database(
            PostgresDatabase.builder(connection).toolsDirectory(server.binDirectory()).build())
        .storage(FileSystemStorage.at("nas", objects))
        .build();
  }
}
