package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.flyway.MigrationGate;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Compiled against Quarkus, not run here; docs/embedding.md shows it. */
class QuarkusBackups {
  // README: quarkus
  @Produces
  @Singleton
  ConitrackBackup backups(
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") String password,
      @ConfigProperty(name = "backups.directory") Path directory) {
    return ConitrackBackup.builder()
        .database(
            PostgresDatabase.of(PostgresConnection.of(url).withUser(user).withPassword(password)))
        .storage(FileSystemStorage.at("nas", directory))
        .build();
  }

  @Singleton
  static class Gate implements FlywayConfigurationCustomizer {
    private final ConitrackBackup backups;

    Gate(ConitrackBackup backups) {
      this.backups = backups;
    }

    @Override
    public void customize(FluentConfiguration flyway) {
      flyway.callbacks(MigrationGate.of(backups).callback());
    }
  }

  // README: end
}
