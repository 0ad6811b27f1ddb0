package com.conitrack.backup.core.approval;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What is approved: one backup into one database by one plan.
 *
 * @param kind what is replaced
 * @param backup the backup's name
 * @param run the run that made it, whatever it is called
 * @param database the database that is replaced
 * @param server where it was reached when the plan was made, such as {@code db.example:5432}
 * @param systemIdentifier the server's own identity, null where it could not be read; where both
 *     sides know it, it decides and {@code server} does not
 * @param planDigest digest of the plan
 */
public record ApprovalSubject(
    RestoreKind kind,
    BackupId backup,
    String run,
    String database,
    String server,
    @Nullable String systemIdentifier,
    Sha256 planDigest) {

  /** Whether both mean the same database of the same server. */
  boolean hasTargetOf(ApprovalSubject other) {
    boolean sameServer =
        systemIdentifier != null && other.systemIdentifier != null
            ? systemIdentifier.equals(other.systemIdentifier)
            : server.equals(other.server);
    return sameServer && database.equals(other.database);
  }

  boolean hasBackupOf(ApprovalSubject other) {
    return backup.equals(other.backup) && run.equals(other.run);
  }
}
