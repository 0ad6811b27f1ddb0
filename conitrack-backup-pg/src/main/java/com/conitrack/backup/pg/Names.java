package com.conitrack.backup.pg;

/** How messages name things. */
final class Names {
  private Names() {}

  /** Such as {@code 'conitrack' on db.example:5432}. */
  static String databaseOn(PostgresConnection target) {
    return "'" + target.database() + "' on " + target.server();
  }

  /** An identifier as SQL wants it: in quotes where it is not a plain lower-case word. */
  static String quoted(String identifier) {
    return identifier.matches("[a-z_][a-z0-9_]*")
        ? identifier
        : '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
