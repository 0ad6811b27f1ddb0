package com.conitrack.backup.spring.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keeping the policy's schedule inside the application.
 *
 * @param enabled Whether this application takes the backups that the policy's schedule asks for.
 * @param shutdownLimit How long the end of the application waits for a backup that it interrupted.
 * @param lock What keeps replicas apart, in everything that the application does on the database.
 */
public record KeepingProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("20s") TimeSpan shutdownLimit,
    @DefaultValue("database") Lock lock) {

  /** What keeps replicas apart. */
  public enum Lock {
    /** An advisory lock of the database that is backed up. */
    DATABASE,
    /** The application's ShedLock {@code LockProvider}. */
    SHEDLOCK
  }
}
