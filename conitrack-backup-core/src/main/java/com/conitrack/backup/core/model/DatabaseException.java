package com.conitrack.backup.core.model;

import org.jspecify.annotations.Nullable;

/** The database or one of its client tools could not do what was asked of it. */
public class DatabaseException extends BackupException {
  private static final long serialVersionUID = 1L;

  /** As {@link BackupException}. */
  public DatabaseException(
      ErrorKind kind, String what, String why, @Nullable String hint, @Nullable Throwable cause) {
    super(kind, what, why, hint, cause);
  }

  /** As {@link BackupException}, without a failure below. */
  public DatabaseException(ErrorKind kind, String what, String why, @Nullable String hint) {
    super(kind, what, why, hint);
  }
}
