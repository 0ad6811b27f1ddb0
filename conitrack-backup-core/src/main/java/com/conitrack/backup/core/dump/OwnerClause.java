package com.conitrack.backup.core.dump;

/** {@code OWNER TO role} in an {@code ALTER} statement. */
final class OwnerClause {
  private OwnerClause() {}

  /** Index of {@code OWNER}, -1 if there is none, or none yet. */
  static int in(Statement s) {
    for (int i = 3; i + 1 < s.size(); i++) {
      if (s.wordAt(i, "owner") && s.wordAt(i + 1, "to")) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Index of what follows the name in {@code ALTER [FOREIGN] TABLE [ONLY] name …} and its like; -1
   * if the name is not complete.
   */
  static int afterName(Statement s) {
    int i = 2;
    if (s.starts("alter", "foreign", "data")) {
      i += 2;
    } else if (s.wordAt(1, "foreign") || s.wordAt(1, "materialized")) {
      i++;
    }
    if (s.wordAt(i, "only") && !s.symbolAt(i + 1, '.')) {
      i++;
    }
    while (s.has(i + 2) && s.token(i).isName()) {
      if (!s.symbolAt(i + 1, '.')) {
        return i + 1;
      }
      i += 2;
    }
    return -1;
  }
}
