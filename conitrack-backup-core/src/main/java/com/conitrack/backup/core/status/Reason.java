package com.conitrack.backup.core.status;

/**
 * Why the backups do not stand well.
 *
 * @param health how much it weighs: WARNING or FAILING
 * @param subject what it is about
 * @param text what is the matter, in plain words
 * @param remedy what to do
 */
public record Reason(Health health, Subject subject, String text, String remedy) {

  /** What a reason is about. Names are persisted in dashboards: never renamed. */
  public enum Subject {
    /** How old the newest good backup is. */
    RECOVERY_POINT,
    /** The last run. */
    BACKUP,
    /** Copies that are wanting. */
    COPIES,
    /** A storage that cannot be read, or holds what does not fit. */
    STORAGE,
    /** Restores for proof. */
    DRILL,
    /** Restores of real data. */
    RESTORE,
    /** The record of what was done. */
    REGISTER,
    /** The database that is backed up. */
    DATABASE
  }
}
