package com.conitrack.backup.core.dump;

import java.util.Objects;

/**
 * Hands on the text of a plain dump's statements, for those who look at definitions, while its
 * bytes pass. Rows, large objects and {@code INSERT} are not told, nor are statements longer than 1
 * MiB.
 *
 * <p>Feed the dump to a {@link DumpInspector} as well: only that proves it whole. Not thread-safe.
 */
public final class DumpStatements {
  private static final int LONGEST_STATEMENT = 1 << 20;

  private final Listener listener;
  private final DumpLexer<RuntimeException> lexer;

  /** Is told of each statement. */
  public interface Listener {
    /**
     * A statement.
     *
     * @param sql its text, with the semicolon that ends it
     * @param schema the schema that names without one belong to
     */
    void statement(String sql, String schema);
  }

  public DumpStatements(Listener listener) {
    this.listener = listener;
    this.lexer = new DumpLexer<>(new Texts());
  }

  /**
   * Takes the next bytes of the dump; pieces may be cut anywhere. The array is not kept.
   *
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public void accept(byte[] b, int off, int len) {
    Objects.checkFromIndexSize(off, len, b.length);
    lexer.accept(b, off, len);
  }

  private final class Texts implements DumpListener<RuntimeException> {
    private final TokenBuffer text = new TokenBuffer(LONGEST_STATEMENT);
    private Route route = Route.UNKNOWN;

    @Override
    public void gap(byte[] b, int from, int to) {
      // Blanks and comments belong to no statement.
    }

    @Override
    public void comment(String line) {
      // As above.
    }

    @Override
    public void command(String line) {
      // A command to psql is no statement.
    }

    @Override
    public void text(byte[] b, int from, int to) {
      if (route != Route.ROWS && route != Route.LARGE_OBJECT) {
        text.append(b, from, to);
      }
    }

    @Override
    public boolean decide(Statement statement) {
      route = Route.of(statement);
      return route != Route.UNKNOWN;
    }

    @Override
    public void end(Statement statement) {
      if (route != Route.ROWS && route != Route.LARGE_OBJECT && !text.cut()) {
        String sql = Encodings.decode(text.copy(), lexer.session().charset());
        listener.statement(sql, lexer.session().schema());
      }
      route = Route.UNKNOWN;
      text.reset();
    }

    @Override
    public void rows(byte[] b, int from, int to, long lines) {
      // Rows are told by DumpRows.
    }

    @Override
    public void rowsEnd(byte[] marker) {
      // As above.
    }

    @Override
    public void defect(String what) {
      // The inspector tells.
    }
  }
}
