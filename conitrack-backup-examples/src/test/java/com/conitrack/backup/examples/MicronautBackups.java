package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.flyway.MigrationGate;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.flywaydb.core.api.callback.Callback;

/** Compiled against Micronaut, not run here; docs/embedding.md shows it. */
// README: micronaut
@Factory
class MicronautBackups {
  @Singleton
  ConitrackBackup backups(
      @Value("${datasources.default.url}") String url,
      @Value("${datasources.default.username}") String user,
      @Value("${datasources.default.password}") String password,
      @Value("${backups.directory}") Path directory) {
    return ConitrackBackup.builder()
        .database(
            PostgresDatabase.of(PostgresConnection.of(url).withUser(user).withPassword(password)))
        .storage(FileSystemStorage.at("nas", directory))
        .build();
  }

  @Singleton
  @Named("default") // the data source
  Callback[] gate(ConitrackBackup backups) {
    return new Callback[] {MigrationGate.of(backups).callback()};
  }
}
// README: end
