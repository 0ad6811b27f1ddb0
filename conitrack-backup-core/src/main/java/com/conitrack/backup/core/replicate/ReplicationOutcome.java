package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a replication plan.
 *
 * @param made copies that are good now
 * @param failed copies that are not
 * @param remarks what else a person should know
 */
public record ReplicationOutcome(List<Made> made, List<Failed> failed, List<String> remarks) {
  public ReplicationOutcome {
    made = List.copyOf(made);
    failed = List.copyOf(failed);
    remarks = List.copyOf(remarks);
  }

  /** How a copy was made good. */
  public enum Action {
    /** Its bytes were copied and read back. */
    COPIED,
    /** Its bytes were proved where they were, and got their manifest. */
    COMPLETED,
    /** It was proved as it was. */
    PROVED
  }

  /**
   * A copy that is good now: there, read back and proved, with its manifest beside it.
   *
   * @param source where it was copied from, null if its bytes were there
   */
  public record Made(BackupId backup, String storage, Action action, @Nullable String source) {}

  /**
   * A copy that could not be made good.
   *
   * @param kind IMMUTABLE if the storage does not let go of the damaged one yet
   */
  public record Failed(BackupId backup, String storage, ErrorKind kind, String reason) {}
}
