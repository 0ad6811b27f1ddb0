package com.conitrack.backup.flyway;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;

/**
 * A migration failed after its backup had been taken. The message holds the command that restores
 * the state before it; the cause is what Flyway threw.
 */
public final class MigrationFailedException extends BackupException {
  private static final long serialVersionUID = 1L;

  private final transient BackupId backup;

  MigrationFailedException(WayBack wayBack, RuntimeException cause) {
    super(
        ErrorKind.DATABASE,
        "unable to finish the migration of database '" + wayBack.database() + "'",
        String.valueOf(cause.getMessage()).strip(),
        remedy(wayBack),
        cause);
    this.backup = wayBack.backup();
  }

  /** The backup of the state before. */
  public BackupId backup() {
    return backup;
  }

  static String remedy(WayBack wayBack) {
    return "if it left the database changed, " + wayBack.inWords();
  }
}
