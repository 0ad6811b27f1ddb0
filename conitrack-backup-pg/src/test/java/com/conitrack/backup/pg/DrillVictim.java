package com.conitrack.backup.pg;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.DrillCheck;
import com.conitrack.backup.core.policy.DrillRules;
import java.util.List;

/** Holds a drill that does not end, in a process that a test kills. */
final class DrillVictim {
  private DrillVictim() {}

  /** Takes the JDBC URL and the user; the password comes in the environment. */
  public static void main(String[] arguments) {
    PostgresDatabase database =
        PostgresDatabase.of(
            PostgresConnection.of(arguments[0])
                .withUser(arguments[1])
                .withPassword(System.getenv("VICTIM_PASSWORD")));
    DrillRules endless =
        DrillRules.DEFAULT.withChecks(
            List.of(DrillCheck.noRows("endless", "SELECT pg_sleep(600)")));
    ConitrackBackup backups =
        ConitrackBackup.builder()
            .database(database)
            .storage(new InMemoryStorage("memory"))
            .policy(BackupPolicy.defaults().toBuilder().drills(endless).build())
            .build();
    backups.backup(Trigger.MANUAL).orThrow();
    backups.drill(DrillRequest.newest());
  }
}
