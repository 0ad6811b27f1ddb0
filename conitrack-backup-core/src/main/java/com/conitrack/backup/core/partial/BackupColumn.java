package com.conitrack.backup.core.partial;

import org.jspecify.annotations.Nullable;

/**
 * A column as the dump defines it.
 *
 * @param name its name, as the server's catalogue spells it
 * @param type its type, as the server writes types
 * @param collation its collation, null for the type's own
 * @param notNull whether it takes no NULL
 * @param generated the expression that computes it, null if it holds data of its own
 */
record BackupColumn(
    String name,
    String type,
    @Nullable String collation,
    boolean notNull,
    @Nullable String generated) {

  /** With everything that concerns this table alone, but no default. */
  String definition() {
    return bare()
        + (collation == null ? "" : " COLLATE " + collation)
        + (generated == null ? "" : " GENERATED ALWAYS AS (" + generated + ") STORED")
        + (notNull ? " NOT NULL" : "");
  }

  /** Name and type alone. */
  String bare() {
    return '"' + name.replace("\"", "\"\"") + "\" " + type;
  }
}
