package com.conitrack.backup.core.port;

/**
 * A schema beside the real ones, with tables of a backup.
 *
 * @param name its name
 * @param comment what it says of itself; begins with {@link #MARK}
 */
public record SideSchema(String name, String comment) {
  /** What the comment of a schema begins with that was made here. */
  public static final String MARK = "conitrack-backup: ";

  public SideSchema {
    if (!comment.startsWith(MARK)) {
      throw new IllegalArgumentException("not marked as ours: " + comment);
    }
  }
}
