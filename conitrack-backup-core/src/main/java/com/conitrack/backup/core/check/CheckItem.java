package com.conitrack.backup.core.check;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param subject what, such as {@code storage nas}
 * @param status how it is
 * @param detail what was found
 * @param fix what to do, null if nothing needs to be done
 */
public record CheckItem(String subject, Status status, String detail, @Nullable String fix) {

  /** How a thing is. */
  public enum Status {
    /** As it should be. */
    OK,
    /** It works, but someone should look at it. */
    WARNING,
    /** Backups or restores will fail, or cannot be trusted. */
    FAILED
  }
}
