package com.conitrack.backup.core.model;

/** What a register entry records. Names are persisted and never reused. */
public enum RegisterEvent {
  /** A backup ended: COMPLETE, DEGRADED or FAILED. */
  BACKUP,
  /** A copy was examined: PROVED or REJECTED. */
  VERIFICATION,
  /**
   * A copy was made up from another: PLANNED before a damaged one makes room, then COPIED, REFUSED
   * by the storage, or FAILED; register entries that a storage lacked were added to it: MADE_UP.
   */
  REPLICATION,
  /**
   * A backup was restored into a scratch database and compared: STARTED, then PASSED, FAILED (no
   * verdict on the backup) or REJECTED (what was restored is not what was backed up).
   */
  DRILL,
  /**
   * A backup was restored: PASSED or FAILED. Of a restore of real data also BEGUN, STEP,
   * ROLLBACK_BEGUN, ROLLED_BACK, ROLLBACK_FAILED and DISCARDED. Of single tables SIDE_LOADED,
   * SIDE_FAILED and SIDE_DROPPED, or IN_PLACE_BEGUN, IN_PLACE_DONE and IN_PLACE_FAILED.
   */
  RESTORE,
  /** Retention is about to delete what it showed: PLANNED. */
  DELETION_PLANNED,
  /** A backup was deleted: DELETED, or REFUSED by the storage. */
  DELETION,
  /** A backup is to be kept whatever retention says: HELD. */
  HOLD,
  /** The hold has ended: RELEASED. */
  RELEASE,
  /** A person approved something: USED when it was done. */
  APPROVAL,
  /** Something out of order was noticed, for instance what a crashed run had left. */
  INCIDENT,
  /** A storage or tool was put to the test. */
  QUALIFICATION,
  /** Quality assurance has looked at a drill: ACCEPTED or REFUSED. */
  DRILL_SIGN_OFF,
  /**
   * A migration of the schema without a backup of its own: FIRST_INSTALLATION (the database was
   * empty) or WITHOUT_BACKUP (none could be had, and that was allowed for a reason given in words).
   */
  MIGRATION
}
