package com.conitrack.backup.pg;

import java.util.regex.Pattern;

/** Keeps the values of settings whose names sound like secrets out of what is stored. */
final class Secrets {
  private static final String MASK = "***";
  private static final String SECRET_NAME =
      "[^=\\s]*(?:passw|secret|token|key|credential|pwd)[^=\\s]*";

  /** {@code name=value}, as {@code pg_db_role_setting} has it. */
  private static final Pattern SETTING =
      Pattern.compile("^(" + SECRET_NAME + ")=.*$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** A role's setting as pg_dumpall writes it; the value is a string that may span lines. */
  private static final Pattern IN_GLOBALS =
      Pattern.compile(
          "(?m)^(ALTER ROLE .* SET "
              + SECRET_NAME
              + " (?:TO|=) )E?'(?:[^']|'')*+'(?:, '(?:[^']|'')*+')*",
          Pattern.CASE_INSENSITIVE);

  /** psql's guard against dumps of hostile servers; other readers of SQL do not know it. */
  private static final Pattern RESTRICT = Pattern.compile("(?m)^\\\\(?:un)?restrict .*\\R?");

  private Secrets() {}

  static String maskSetting(String setting) {
    return SETTING.matcher(setting).replaceFirst("$1=" + MASK);
  }

  static String maskGlobals(String sql) {
    String masked = IN_GLOBALS.matcher(sql).replaceAll("$1'" + MASK + "'");
    return RESTRICT.matcher(masked).replaceAll("");
  }
}
