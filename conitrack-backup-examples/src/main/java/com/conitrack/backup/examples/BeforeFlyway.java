package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.schedule.BackupScheduler;
import com.conitrack.backup.flyway.MigrationGate;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** A program without a framework; docs/embedding.md shows it. */
public final class BeforeFlyway {
  private BeforeFlyway() {}

  /**
   * Migrates after a proved backup, and keeps the schedule while the program works.
   *
   * @param work what the program is for
   */
  public static void run(
      String jdbcUrl, String user, String password, Path directory, Runnable work) {
    // README: plain
    ConitrackBackup backups =
        ConitrackBackup.builder()
            .database(
                PostgresDatabase.of(
                    PostgresConnection.of(jdbcUrl).withUser(user).withPassword(password)))
            .storage(FileSystemStorage.at("nas", directory))
            .build();

    Flyway flyway = Flyway.configure().dataSource(jdbcUrl, user, password).load();
    MigrationGate.of(backups).migrate(flyway);

    try (BackupScheduler scheduler = backups.scheduler().build()) {
      scheduler.start();
      work.run();
    }
    // README: end
  }
}
