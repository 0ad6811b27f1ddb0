package com.conitrack.backup.pg;

/** Names and texts as statements hold them that take no parameters. */
final class Sql {
  private Sql() {}

  /** Always in quotes: a name may be a word of the language. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Right whatever {@code standard_conforming_strings} says. */
  static String literal(String text) {
    String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
    return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
  }
}
