package com.conitrack.backup.pg;

import com.conitrack.backup.core.dump.LoadStep;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The first rows of a table, and how they keep their order. Into a table filled in the transaction
 * that emptied it the server writes page after page; into others it puts rows into gaps further up
 * where they fit (PostgreSQL source, {@code CopyFrom} and {@code RelationGetBufferForTuple}). Then
 * rows of differing length change their order, which the fingerprint is taken of. What fits into a
 * page has no gaps further up; emptying tables takes time, so few rows are held back until it is
 * known that there are more. Used by one thread.
 */
final class FirstRows {
  /** Even rows of one byte, each of which takes 28 more in a table, do not fill two pages. */
  private static final int MOST_HELD = 512;

  private static final byte[] COPY = ascii("COPY ");
  private static final byte[] BEGIN = ascii("BEGIN; TRUNCATE ONLY ");
  private static final byte[] THEN = ascii("; ");
  private static final byte[] COMMIT = ascii("COMMIT;");

  private final ByteArrayOutputStream statement = new ByteArrayOutputStream();
  private final ByteArrayOutputStream rows = new ByteArrayOutputStream();

  /**
   * @param text the statement, for which {@link #are} holds
   */
  FirstRows(byte[] text) {
    statement.writeBytes(text);
  }

  /** Whether that statement puts the first rows into a table. */
  static boolean are(LoadStep step, byte[] text) {
    return step instanceof LoadStep.Rows rows && rows.first() && startsWithCopy(text);
  }

  private static boolean startsWithCopy(byte[] text) {
    for (int i = 0; i < COPY.length; i++) {
      if (i >= text.length || text[i] != COPY[i]) {
        return false;
      }
    }
    return true;
  }

  /** What stands between the statement and its rows. */
  void between(byte[] b, int from, int to) {
    statement.write(b, from, to - from);
  }

  void add(byte[] b, int from, int to) {
    rows.write(b, from, to - from);
  }

  /** Whether there are so many that they must be loaded {@link #inOrder}; then no more are held. */
  boolean areMany() {
    return rows.size() > MOST_HELD;
  }

  /** The statement and the rows so far. */
  byte[] asTheyAre() {
    ByteArrayOutputStream sql = new ByteArrayOutputStream();
    sql.writeBytes(statement.toByteArray());
    sql.writeBytes(rows.toByteArray());
    return sql.toByteArray();
  }

  /**
   * The same in a transaction that empties the table before, on the statement's own line. {@link
   * #afterThem} must follow their end.
   */
  byte[] inOrder() {
    byte[] copy = statement.toByteArray();
    ByteArrayOutputStream sql = new ByteArrayOutputStream();
    sql.writeBytes(BEGIN);
    sql.write(copy, COPY.length, endOfName(copy) - COPY.length);
    sql.writeBytes(THEN);
    sql.writeBytes(asTheyAre());
    return sql.toByteArray();
  }

  static byte[] afterThem() {
    return COMMIT.clone();
  }

  /** The name is taken over byte by byte: its encoding is the dump's, not ours. */
  private static int endOfName(byte[] copy) {
    boolean quoted = false;
    int i = COPY.length;
    while (i < copy.length && (quoted || copy[i] != ' ' && copy[i] != '(')) {
      quoted ^= copy[i] == '"';
      i++;
    }
    return i;
  }

  private static byte[] ascii(String sql) {
    return sql.getBytes(StandardCharsets.US_ASCII);
  }
}
