package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Picks the rows of chosen tables out of a plain dump while its bytes pass: each line of their
 * {@code COPY … FROM stdin}, whole, in the dump's order. Rows in the form of {@code INSERT} are not
 * told. Holds one row at a time, which may be as long as the server made it, unless long rows are
 * {@linkplain #abridged abridged}.
 *
 * <p>Feed the dump to a {@link DumpInspector} as well: only that proves it whole. Not thread-safe.
 */
public final class DumpRows {
  /** Rows of more bytes than this are long. */
  static final int LONG = 1 << 20;

  private final boolean abridging;
  private final Predicate<TableName> wanted;
  private final Listener listener;
  private final Picker picker = new Picker();
  private final DumpLexer<IOException> lexer = new DumpLexer<>(picker);

  /** Is told of the rows. */
  public interface Listener {
    /**
     * A row.
     *
     * @param table the table as a {@code COPY} statement begins it; the same object for all rows of
     *     one statement
     * @param line the row in COPY's text format (PostgreSQL documentation, COPY, "Text Format"),
     *     without its line end; valid during the call only
     * @param length how many bytes of {@code line} are the row
     */
    void row(Copied table, byte[] line, int length) throws IOException;
  }

  /**
   * A table and the columns that a {@code COPY} statement names, as the server spells them.
   *
   * @param name the table
   * @param columns its columns in the order of the values
   * @param encoding the dump's encoding, null if it does not say
   */
  public record Copied(TableName name, List<String> columns, @Nullable String encoding) {
    public Copied {
      columns = List.copyOf(columns);
    }

    /** Bytes of the dump as text. */
    public String decode(byte[] bytes) {
      return Encodings.decode(bytes, encoding == null ? null : Encodings.charset(encoding));
    }
  }

  /**
   * @param wanted which tables' rows to tell
   * @param listener is told of them
   */
  public DumpRows(Predicate<TableName> wanted, Listener listener) {
    this(wanted, listener, false);
  }

  private DumpRows(Predicate<TableName> wanted, Listener listener, boolean abridging) {
    this.wanted = wanted;
    this.listener = listener;
    this.abridging = abridging;
  }

  /**
   * For whoever only digests rows: a long one is told by what {@link #digest} takes in its place,
   * so that none is held.
   */
  public static DumpRows abridged(Predicate<TableName> wanted, Listener listener) {
    return new DumpRows(wanted, listener, true);
  }

  /** Adds a row, as it was told, to a digest: the same whether it was abridged or not. */
  public static void digest(MessageDigest into, byte[] line, int length) {
    if (length > LONG) {
      MessageDigest row = Sha256.newDigest();
      row.update(line, 0, length);
      into.update(inPlaceOf(row));
    } else {
      into.update(line, 0, length);
    }
  }

  /** No row has a line feed in it, so this is never one. */
  private static byte[] inPlaceOf(MessageDigest longRow) {
    byte[] sha256 = longRow.digest();
    return ByteBuffer.allocate(1 + sha256.length).put((byte) '\n').put(sha256).array();
  }

  /**
   * Takes the next bytes of the dump; pieces may be cut anywhere. The array is not kept.
   *
   * @throws IOException from the listener
   */
  public void accept(byte[] b, int off, int len) throws IOException {
    Objects.checkFromIndexSize(off, len, b.length);
    lexer.accept(b, off, len);
  }

  private final class Picker implements DumpListener<IOException> {
    private static final int LONGEST_STATEMENT = 1 << 20;

    private final TokenBuffer text = new TokenBuffer(LONGEST_STATEMENT);
    private final TokenBuffer line = new TokenBuffer(Integer.MAX_VALUE - 8);
    private @Nullable Copied current;
    private @Nullable MessageDigest longRow;

    @Override
    public void gap(byte[] b, int from, int to) {
      // Between statements are no rows.
    }

    @Override
    public void comment(String comment) {
      // Nor in comments.
    }

    @Override
    public void command(String command) {
      // Nor in commands to psql.
    }

    @Override
    public void text(byte[] b, int from, int to) {
      text.append(b, from, to);
    }

    @Override
    public boolean decide(Statement statement) {
      return false;
    }

    @Override
    public void end(Statement statement) {
      current = statement.readsRows() ? copied(statement) : null;
      text.reset();
    }

    private @Nullable Copied copied(Statement statement) {
      Names.Found found = Names.at(statement, 1, lexer.session());
      if (found == null || !wanted.test(found.name())) {
        return null;
      }
      String encoding = lexer.session().encoding();
      String sql = Encodings.decode(text.copy(), lexer.session().charset());
      return new Copied(found.name(), columns(sql), encoding);
    }

    @Override
    public void rows(byte[] b, int from, int to, long lines) throws IOException {
      Copied table = current;
      if (table == null) {
        return;
      }
      int start = from;
      for (int i = from; i < to; i++) {
        if (b[i] == '\n') {
          append(b, start, i);
          tell(table);
          start = i + 1;
        }
      }
      append(b, start, to);
    }

    private void append(byte[] b, int from, int to) {
      if (abridging && longRow == null && (long) line.length() + (to - from) > LONG) {
        longRow = Sha256.newDigest();
        longRow.update(line.bytes(), 0, line.length());
      }
      if (longRow == null) {
        line.append(b, from, to);
      } else {
        longRow.update(b, from, to - from);
      }
    }

    private void tell(Copied table) throws IOException {
      if (longRow == null) {
        listener.row(table, line.bytes(), line.length());
      } else {
        byte[] instead = inPlaceOf(longRow);
        listener.row(table, instead, instead.length);
      }
      line.reset();
      longRow = null;
    }

    @Override
    public void rowsEnd(byte[] marker) {
      current = null;
    }

    @Override
    public void defect(String what) {
      // The inspector tells.
    }
  }

  /** The names between the first parentheses outside quotes. */
  static List<String> columns(String copyStatement) {
    List<String> columns = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    boolean inside = false;
    for (int i = 0; i < copyStatement.length(); i++) {
      char c = copyStatement.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && copyStatement.startsWith("\"\"", i);
        if (!doubled) {
          quoted = !quoted;
        } else {
          i++;
          name.append(inside ? "\"" : "");
        }
      } else if (quoted) {
        name.append(inside ? String.valueOf(c) : "");
      } else if (c == '(') {
        inside = true;
      } else if (inside && (c == ',' || c == ')')) {
        columns.add(name.toString());
        name.setLength(0);
        if (c == ')') {
          return columns;
        }
      } else if (inside && !Character.isWhitespace(c)) {
        name.append(c);
      }
    }
    return columns;
  }
}
