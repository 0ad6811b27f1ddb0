package com.conitrack.backup.cli;

/** A command line that cannot be carried out, found after it was parsed. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String why;
  private final String hint;

  UsageException(String what, String why, String hint) {
    super(what + ": " + why);
    this.what = what;
    this.why = why;
    this.hint = hint;
  }

  String what() {
    return what;
  }

  String why() {
    return why;
  }

  String hint() {
    return hint;
  }
}
