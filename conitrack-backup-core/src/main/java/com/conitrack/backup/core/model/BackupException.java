package com.conitrack.backup.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A failure that tells what failed, on what, why, and what to do. Messages hold no secret: no
 * password, key, token or user information of a URL.
 */
public class BackupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String what;
  private final String why;
  private final @Nullable String hint;

  /**
   * @param kind the sort of failure
   * @param what what failed and on what, starting "unable to …"
   * @param why the reason, as the tool, server or store gave it
   * @param hint what to do about it, null where nothing better than the reason can be said
   * @param cause the failure below, if there is one
   */
  public BackupException(
      ErrorKind kind, String what, String why, @Nullable String hint, @Nullable Throwable cause) {
    super(what + ": " + why + (hint == null ? "" : "; hint: " + hint), cause);
    this.kind = kind;
    this.what = what;
    this.why = why;
    this.hint = hint;
  }

  public BackupException(ErrorKind kind, String what, String why, @Nullable String hint) {
    this(kind, what, why, hint, null);
  }

  /** The sort of failure. */
  public ErrorKind kind() {
    return kind;
  }

  /** What failed, and on what. */
  public String what() {
    return what;
  }

  /** Why. */
  public String why() {
    return why;
  }

  /** What to do, or null. */
  public @Nullable String hint() {
    return hint;
  }
}
