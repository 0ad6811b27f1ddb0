package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStrategy;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import java.nio.file.Path;

/**
 * A program that restores a backup over its database and prints a line when it is about to begin,
 * at each step and at the end, so that whoever watches can kill it at any moment.
 */
final class RestoreCrashVictim {
  private RestoreCrashVictim() {}

  /** Arguments: JDBC URL, user, passfile, directory, backup, strategy. */
  public static void main(String[] args) {
    PostgresConnection connection =
        PostgresConnection.of(args[0]).withUser(args[1]).withPassfile(Path.of(args[2]));
    ConitrackBackup backups =
        ConitrackBackup.builder()
            .database(PostgresDatabase.of(connection))
            .storage(FileSystemStorage.at("local", Path.of(args[3])))
            .listener(
                event -> {
                  if (event instanceof BackupEvent.RestoreStep step) {
                    tell(step.step());
                  }
                })
            .build();
    RestorePlan plan =
        backups.planRestore(
            RestoreRequest.of(new BackupId(args[4]))
                .because("to be killed")
                .by(RestoreStrategy.valueOf(args[5])));
    tell("READY");
    var outcome = backups.restore(RestoreOrder.of(plan, connection.database()));
    tell("END " + outcome.getClass().getSimpleName());
  }

  private static synchronized void tell(String what) {
    System.out.println(what);
    System.out.flush();
  }
}
