package com.conitrack.backup.core.dump;

/**
 * Told by {@link DumpLexer} what a dump consists of, in its order. Byte ranges are valid only
 * during the call.
 *
 * @param <X> what it may throw
 */
interface DumpListener<X extends Exception> {

  /**
   * Blanks and comments between statements; bytes {@code from} up to but not including {@code to}.
   */
  void gap(byte[] b, int from, int to) throws X;

  /** A whole {@code --} comment between statements, cut if very long, without its line end. */
  void comment(String line) throws X;

  /**
   * A line with a command to psql, between statements, without its line end. Its bytes are told by
   * no other call.
   */
  void command(String line) throws X;

  /** Bytes of the statement that is open, comments inside it included. */
  void text(byte[] b, int from, int to) throws X;

  /**
   * Asked after each of the first tokens of a statement, until the answer is yes: whether the
   * listener now knows what to do with its text. All text up to the newest token has been told.
   */
  boolean decide(Statement statement) throws X;

  /**
   * A colon outside quotes has been told, and what follows would make psql put a variable of its
   * own there: {@code :name}, {@code :'name'}, {@code :"name"} or {@code :{?name}}.
   */
  default void interpolates() throws X {
    // Of concern only to those who hand statements on to psql.
  }

  /** The statement has ended; its text up to the semicolon has been told. */
  void end(Statement statement) throws X;

  /**
   * Row data of the {@code COPY} statement that ended last.
   *
   * @param lines how many line ends are among the bytes
   */
  void rows(byte[] b, int from, int to, long lines) throws X;

  /** The row data has ended with {@code marker}, whose bytes are told by no other call. */
  void rowsEnd(byte[] marker) throws X;

  /** Something that a plain dump does not contain, as a phrase that goes after "the dump". */
  void defect(String what) throws X;
}
