package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import java.io.IOException;

/** A copy cannot be copied from; another may. */
final class SourceFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean damaged;

  private SourceFailure(String message, boolean damaged, Exception cause) {
    super(message, cause);
    this.damaged = damaged;
  }

  /** The bytes are not those that were recorded. */
  SourceFailure(String message) {
    super(message);
    this.damaged = true;
  }

  static SourceFailure of(StorageException failure) {
    return new SourceFailure(String.valueOf(failure.getMessage()), tellsOfDamage(failure), failure);
  }

  static SourceFailure of(IOException failure) {
    boolean damaged = failure.getCause() instanceof StorageException cause && tellsOfDamage(cause);
    return new SourceFailure(String.valueOf(failure.getMessage()), damaged, failure);
  }

  private static boolean tellsOfDamage(StorageException failure) {
    return failure.kind() == ErrorKind.NOT_FOUND || failure.kind() == ErrorKind.DAMAGED;
  }

  /** Whether the copy is to blame, and not the way to it. */
  boolean damaged() {
    return damaged;
  }
}
