package com.conitrack.backup.flyway;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import org.jspecify.annotations.Nullable;

/** Migrations were not run, because no proved backup could be had first. They stay pending. */
public final class MigrationRefusedException extends BackupException {
  private static final long serialVersionUID = 1L;

  MigrationRefusedException(
      ErrorKind kind, String database, String why, String hint, @Nullable Throwable cause) {
    super(kind, "unable to migrate database '" + database + "'", why, hint, cause);
  }
}
