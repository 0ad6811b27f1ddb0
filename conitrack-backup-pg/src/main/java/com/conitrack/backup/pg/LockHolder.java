package com.conitrack.backup.pg;

import org.jspecify.annotations.Nullable;

/**
 * Who holds the lock, where those who are refused can read it: cut short in {@code
 * application_name}, which anyone may see, and in full as a comment on the session's last query,
 * which the same user and administrators may see ({@code pg_stat_activity}).
 *
 * @param text who, for people
 */
record LockHolder(String text) {
  private static final String OPEN = " /* held by: ";
  private static final String CLOSE = " */";

  /** The server keeps 63 bytes, and before version 16 turns what is not ASCII into '?'. */
  private static final int MAX_NAME = 63;

  private static final int MAX_COMMENT = 400;

  LockHolder {
    text = text.replaceAll("\\p{Cntrl}", " ").strip();
  }

  String applicationName() {
    String name = (Jdbc.APPLICATION + ": " + text).replaceAll("[^ -~]", "?");
    return name.substring(0, Math.min(MAX_NAME, name.length()));
  }

  /** Written so that nothing in it can end the comment or start another. */
  String comment() {
    String harmless = text.replace("*/", "* /").replace("/*", "/ *");
    return OPEN + harmless.substring(0, Math.min(MAX_COMMENT, harmless.length())) + CLOSE;
  }

  static String describe(
      String applicationName,
      @Nullable String query,
      @Nullable String address,
      @Nullable String since) {
    return "'"
        + holder(applicationName, query == null ? "" : query)
        + "'"
        + (address == null ? "" : " from " + address)
        + (since == null ? "" : " since " + since);
  }

  private static String holder(String applicationName, String query) {
    int open = query.lastIndexOf(OPEN);
    int close = query.lastIndexOf(CLOSE);
    return open >= 0 && close > open
        ? query.substring(open + OPEN.length(), close)
        : applicationName;
  }
}
