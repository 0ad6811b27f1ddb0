package com.conitrack.backup.core.policy;

/**
 * Something legal but unwise in a policy.
 *
 * @param code what it is, for programs
 * @param message what it is and what may come of it, for people
 * @param remedy what to change
 */
public record PolicyWarning(Code code, String message, String remedy) {

  /** What may be unwise. Names are stable. */
  public enum Code {
    /** Without a schedule nothing sees to it that the RPO is met. */
    NO_SCHEDULE,
    /** The schedule cannot meet the RPO, or not if a backup takes its time. */
    RPO_WITHOUT_SLACK,
    /** Nothing proves that backups can be restored. */
    NO_DRILLS,
    /** Backups of a trigger may be deleted before the next drill. */
    RETENTION_SHORTER_THAN_DRILL_INTERVAL,
    /** The state before a change may be deleted before the next scheduled backup. */
    PRE_CHANGE_RETENTION_SHORTER_THAN_SCHEDULE,
    /** A trigger's rules keep a single backup. */
    KEEPS_ONLY_ONE,
    /** Backups of a trigger are never deleted. */
    KEPT_FOR_EVER,
    /** A storage protects backups for longer than retention keeps them. */
    LOCKED_LONGER_THAN_KEPT,
    /** An empty dump would pass for a good backup. */
    NO_CONTENT_RULE,
    /** A single deleted row would fail the backup. */
    NO_SHRINK_ALLOWED,
    /** Names of backups of different times would differ only by a number. */
    NAME_WITHOUT_TIME,
    /** The only copy is lost with its storage. */
    SINGLE_COPY,
    /** A backup counts as good although a storage lacks it. */
    FEWER_COPIES_THAN_STORAGES
  }

  @Override
  public String toString() {
    return code + ": " + message + "; " + remedy;
  }
}
