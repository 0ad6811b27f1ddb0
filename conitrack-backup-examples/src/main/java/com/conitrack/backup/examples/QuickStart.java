package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import java.nio.file.Path;

/** The smallest complete use of the library; the README shows it. */
public final class QuickStart {
  private QuickStart() {}

  /**
   * Backs up a database into a directory.
   *
   * @param jdbcUrl where the database is
   * @param user whose password is in {@code password}
   * @param directory an existing directory
   * @return the name of a backup that has been proved
   * @throws com.conitrack.backup.core.model.BackupException if there is none
   */
  public static String backUp(String jdbcUrl, String user, String password, Path directory) {
    // README: embed
    ConitrackBackup backups =
        ConitrackBackup.builder()
            .database(
                PostgresDatabase.of(
                    PostgresConnection.of(jdbcUrl).withUser(user).withPassword(password)))
            .storage(FileSystemStorage.at("nas", directory))
            .policy(BackupPolicy.sop001())
            .build();

    BackupOutcome outcome = backups.backup(Trigger.PRE_CHANGE);

    return outcome.orThrow().id().value();
    // README: end
  }
}
