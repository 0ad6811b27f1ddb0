package com.conitrack.backup.core.model;

import org.jspecify.annotations.Nullable;

/** A storage could not do what was asked of it. */
public class StorageException extends BackupException {
  private static final long serialVersionUID = 1L;

  /** As {@link BackupException}. */
  public StorageException(
      ErrorKind kind, String what, String why, @Nullable String hint, @Nullable Throwable cause) {
    super(kind, what, why, hint, cause);
  }

  /** As {@link BackupException}, without a failure below. */
  public StorageException(ErrorKind kind, String what, String why, @Nullable String hint) {
    super(kind, what, why, hint);
  }
}
