package com.conitrack.backup.core.dump;

/** Where the text of a statement goes. */
enum Route {
  /** Defines something: goes into the schema digest. */
  SCHEMA,
  /** An {@code INSERT}: goes into the digest of its table. */
  ROWS,
  /** Writes a large object: goes into their digest. */
  LARGE_OBJECT,
  /**
   * Into no digest: {@code COPY}, whose rows are told apart, sequence values, {@code BEGIN}, {@code
   * COMMIT}.
   */
  NONE,
  /** Not to be told from what has been read of it. */
  UNKNOWN;

  /** Judges a statement by its first tokens. */
  static Route of(Statement s) {
    if (s.starts("select")) {
      return ofFunction(s);
    }
    if (s.starts("insert")) {
      return ofInsert(s);
    }
    return s.starts("copy") || s.starts("begin") || s.starts("commit") ? NONE : SCHEMA;
  }

  private static Route ofFunction(Statement s) {
    int name = s.wordAt(1, "pg_catalog") ? 3 : 1;
    if (!s.has(name + 1)) {
      return UNKNOWN;
    }
    if (s.wordAt(name, "setval")) {
      return NONE;
    }
    boolean large =
        s.wordAt(name, "lo_open") || s.wordAt(name, "lowrite") || s.wordAt(name, "lo_close");
    return large ? LARGE_OBJECT : SCHEMA;
  }

  /** The name is complete with the first token that cannot belong to it. */
  private static Route ofInsert(Statement s) {
    int last = s.size() - 1;
    boolean named = last >= 3 && !s.symbolAt(last, '.') && !s.symbolAt(last - 1, '.');
    return named ? ROWS : UNKNOWN;
  }
}
