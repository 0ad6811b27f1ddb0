package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.LeftOut;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;

/**
 * Passes a plain dump on in a form fit for being replayed inside one transaction that the caller
 * begins and commits. Left out are {@code BEGIN} and {@code COMMIT} between statements (pg_dump
 * puts them around large objects) and {@code \restrict} and {@code \}{@code unrestrict} lines; all
 * other bytes pass unchanged, and a space is put after a colon that psql would take for the start
 * of a variable's name. What could leave the transaction, the database or the server, or run
 * something on this host or the server's, is refused: other commands to psql, other transaction
 * control, creating and dropping databases, {@code COPY} with files and programs. Statements that
 * whoever restores is not allowed to run can be left out.
 *
 * <p>psql takes the word {@code BEGIN} as a routine's unquoted name for the start of a body and
 * then misses the ends of statements; such a routine is refused with a remedy, before psql fails
 * over it.
 *
 * <p>Feed the dump to a {@link DumpInspector} as well: only that proves it whole. Not thread-safe.
 */
public final class RestoreFilter {
  private final ReplayRules rules;
  private final DumpLexer<IOException> lexer;

  /** For a replay inside one transaction. */
  public RestoreFilter(OutputStream sink) {
    this(sink, Brackets.LEFT_OUT);
  }

  /**
   * @param sink takes what passes, in few and large writes; neither flushed nor closed by this
   * @param brackets what becomes of {@code BEGIN} and {@code COMMIT}
   */
  public RestoreFilter(OutputStream sink, Brackets brackets) {
    this(sink, brackets, LeftOut.NOTHING);
  }

  /**
   * @param sink takes what passes, in few and large writes; neither flushed nor closed by this
   * @param brackets what becomes of {@code BEGIN} and {@code COMMIT}
   * @param leftOut which statements do not pass
   */
  public RestoreFilter(OutputStream sink, Brackets brackets, LeftOut leftOut) {
    rules = new ReplayRules(sink, brackets, leftOut);
    lexer = new DumpLexer<>(rules);
  }

  /** How many statements were left out so far, by the {@linkplain LeftOut#words() word} for it. */
  public SortedMap<String, Integer> leftOut() {
    return Collections.unmodifiableSortedMap(rules.leftOut());
  }

  /** What becomes of the dump's own {@code BEGIN} and {@code COMMIT}. */
  public enum Brackets {
    /** The replay is one transaction, which they would end. */
    LEFT_OUT,
    /** Other statements are transactions of their own; large objects need theirs. */
    KEPT
  }

  /**
   * Takes the next bytes of the dump; pieces may be cut anywhere. The array is not kept.
   *
   * @throws IOException if the dump holds what must not be replayed, or from the sink; the filter
   *     must not be used afterwards
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public void accept(byte[] b, int off, int len) throws IOException {
    Objects.checkFromIndexSize(off, len, b.length);
    lexer.accept(b, off, len);
  }

  /**
   * Must be called when the dump has ended.
   *
   * @throws IOException if it ended inside row data, a statement, a quote or a comment
   */
  public void finish() throws IOException {
    String open = lexer.insideRows() ? "the rows of a COPY" : lexer.openConstruct();
    if (open != null) {
      throw new IOException("unable to replay the dump: it ends inside " + open);
    }
  }
}
