package com.conitrack.backup.core.dump;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

/**
 * Splits a plain dump, as it passes, into the steps of loading it. Meant for what a {@link
 * RestoreFilter} let pass. Memory is bounded: of a statement at most 256 KiB are kept. Not
 * thread-safe.
 */
public final class LoadSteps {
  /** Longer statements are passed on in pieces and keep their place. */
  private static final int MAX_STATEMENT = 256 * 1024;

  private final DumpLexer<IOException> lexer;

  /** Tells {@code receiver} of every byte, in order. */
  public LoadSteps(Receiver receiver) {
    Splitter splitter = new Splitter(receiver);
    lexer = new DumpLexer<>(splitter);
    splitter.rules = new LoadStepRules(lexer.session());
  }

  /** Takes the steps. Byte ranges are valid only during the call. */
  public interface Receiver {
    /** Blanks and comments between statements; without meaning. */
    void between(byte[] b, int from, int to) throws IOException;

    /**
     * A piece of a statement too long to be kept, whose step will be {@link LoadStep.Ordered} or
     * {@link LoadStep.Unknown}; the rest follows by {@link #statement}.
     */
    void piece(byte[] b, int from, int to) throws IOException;

    /**
     * A statement with its semicolon, or what is left of it.
     *
     * @param text its bytes, to keep
     */
    void statement(LoadStep step, byte[] text) throws IOException;

    /** Rows of the {@code COPY} that came last, whole lines or parts of some. */
    void rows(byte[] b, int from, int to) throws IOException;

    /** The rows end with this line. */
    void rowsEnd(byte[] marker) throws IOException;
  }

  /**
   * Takes the next bytes of the dump; pieces may be cut anywhere. The array is not kept.
   *
   * @throws IOException from the receiver, or if the dump holds a command to psql
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
      throw new IOException("unable to load the dump: it ends inside " + open);
    }
  }

  private static final class Splitter implements DumpListener<IOException> {
    private final Receiver receiver;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private LoadStepRules rules = new LoadStepRules(new Session());
    private boolean tooLong;

    Splitter(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void gap(byte[] b, int from, int to) throws IOException {
      receiver.between(b, from, to);
    }

    @Override
    public void comment(String line) {
      // Told as part of the gap.
    }

    @Override
    public void command(String line) throws IOException {
      throw new IOException(
          "unable to load the dump: it holds the psql command " + line.split("\\s", 2)[0]);
    }

    @Override
    public void text(byte[] b, int from, int to) throws IOException {
      if (!tooLong && text.size() + (to - from) > MAX_STATEMENT) {
        tooLong = true;
        receiver.piece(text.toByteArray(), 0, text.size());
        text.reset();
      }
      if (tooLong) {
        receiver.piece(b, from, to);
      } else {
        text.write(b, from, to - from);
      }
    }

    @Override
    public boolean decide(Statement statement) {
      return true;
    }

    @Override
    public void end(Statement statement) throws IOException {
      LoadStep step = rules.of(statement);
      if (tooLong && !(step instanceof LoadStep.Ordered)) {
        step = new LoadStep.Unknown();
      }
      receiver.statement(step, text.toByteArray());
      tooLong = false;
      text.reset();
    }

    @Override
    public void rows(byte[] b, int from, int to, long lines) throws IOException {
      receiver.rows(b, from, to);
    }

    @Override
    public void rowsEnd(byte[] marker) throws IOException {
      receiver.rowsEnd(marker);
    }

    @Override
    public void defect(String what) throws IOException {
      throw new IOException("unable to load the dump: it " + what);
    }
  }
}
