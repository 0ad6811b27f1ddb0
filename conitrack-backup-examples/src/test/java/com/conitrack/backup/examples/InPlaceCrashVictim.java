package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.partial.InPlaceOrder;
import com.conitrack.backup.core.partial.InPlacePlan;
import com.conitrack.backup.core.partial.InPlaceRequest;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import java.nio.file.Path;

/** A program that puts a table back in place and prints a line at each step, to be killed there. */
final class InPlaceCrashVictim {
  private InPlaceCrashVictim() {}

  /** Arguments: JDBC URL, user, passfile, directory, backup. */
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
                    System.out.println(step.step());
                    System.out.flush();
                  }
                })
            .build();
    InPlacePlan plan =
        backups
            .tables()
            .planInPlace(InPlaceRequest.of(new BackupId(args[4]), "lote").because("to be killed"));
    backups.tables().inPlace(InPlaceOrder.of(plan, connection.database()));
  }
}
