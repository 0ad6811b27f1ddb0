package com.conitrack.backup.core.dump;

import org.jspecify.annotations.Nullable;

/**
 * Splits a plain dump into statements, comments, psql commands and row data. Bytes may come in
 * pieces of any size; what is told does not depend on how they are cut, except that byte ranges
 * come in pieces too. Not thread-safe.
 *
 * @param <X> what the listener may throw
 */
final class DumpLexer<X extends Exception> {
  private final Session session = new Session();
  private final RowReader<X> rows;
  private final SqlScanner<X> sql;

  DumpLexer(DumpListener<X> listener) {
    rows = new RowReader<>(listener);
    sql = new SqlScanner<>(listener, session);
  }

  /** The settings made so far. */
  Session session() {
    return session;
  }

  void accept(byte[] b, int off, int len) throws X {
    int end = off + len;
    int i = off;
    while (i < end) {
      if (rows.active()) {
        i = rows.read(b, i, end);
      } else {
        i = sql.scan(b, i, end);
        if (sql.rowsFollow()) {
          rows.start();
        }
      }
    }
  }

  /** Whether the input stands inside row data. */
  boolean insideRows() {
    return rows.active() || sql.awaitsRows();
  }

  /** What would be cut if the input ended here, null if nothing but row data could be. */
  @Nullable String openConstruct() {
    return sql.openConstruct();
  }
}
