package com.conitrack.backup.cli;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.StorageException;

/** What the command's exit code says. Codes are stable. */
final class ExitCode {
  /** All is well. */
  static final int OK = 0;

  /** The command did its work, and found something that needs a person. */
  static final int FINDINGS = 1;

  /** The command line or the configuration is wrong; nothing was done. */
  static final int USAGE = 2;

  /** Something that is needed is not there, not reachable or not permitted. */
  static final int ENVIRONMENT = 3;

  /** The work itself failed. */
  static final int FAILED = 4;

  /** Ended by Ctrl-C: 128 and the signal's number. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** What a failure is, in the one place that decides it. */
  static int of(BackupException failure) {
    return switch (failure.kind()) {
      case CONFIGURATION -> USAGE;
      case CONNECTION, AUTHENTICATION, PERMISSION, FULL, TOOL, LOCKED -> ENVIRONMENT;
      case NOT_FOUND -> isOutside(failure) ? ENVIRONMENT : USAGE;
      case ALREADY_EXISTS, DATABASE, DAMAGED, IMMUTABLE, TIMEOUT, RULE, IO -> FAILED;
      case CANCELLED -> INTERRUPTED;
    };
  }

  /** A missing directory or database is the environment's; a backup nobody knows was mistyped. */
  private static boolean isOutside(BackupException failure) {
    return failure instanceof StorageException || failure instanceof DatabaseException;
  }
}
