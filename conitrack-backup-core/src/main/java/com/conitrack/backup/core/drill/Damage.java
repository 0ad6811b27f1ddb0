package com.conitrack.backup.core.drill;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Damages a plain dump on its way. Belongs to one thread. */
abstract class Damage extends FilterOutputStream {
  Damage(OutputStream out) {
    super(out);
  }

  /** Makes damage out of a sink for what passes. */
  @FunctionalInterface
  interface Kind {
    Damage on(OutputStream sink);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public abstract void write(byte[] bytes, int offset, int length) throws IOException;

  /** The dump has ended. */
  void finish() throws IOException {}

  /** Lets so many bytes pass. */
  static final class CutAt extends Damage {
    private long left;

    CutAt(OutputStream out, long bytes) {
      super(out);
      left = bytes;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int passing = (int) Math.min(left, length);
      out.write(bytes, offset, passing);
      left -= passing;
    }
  }

  /**
   * Waits for the first end of rows: {@code \.} on a line of its own. After a semicolon it may be
   * the end of none, as {@code COPY … FROM stdin;} ends with one, so that is passed over.
   */
  abstract static class AtEndOfRows extends Damage {
    private static final byte[] END = {'\n', '\\', '.', '\n'};

    private int matched;
    private boolean done;
    private int last = -1;

    AtEndOfRows(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (done) {
        pass(bytes, offset, length);
        return;
      }
      int at = offset;
      while (at < offset + length && !endOfRows()) {
        step(bytes[at++]);
      }
      if (endOfRows()) {
        done = true;
        damage(last);
        pass(END, 0, END.length);
        pass(bytes, at, offset + length - at);
      }
    }

    private boolean endOfRows() {
      return matched == END.length && last != ';';
    }

    /** Bytes that may belong to the end are held back, and one before them. */
    private void step(byte next) throws IOException {
      if (matched == END.length) {
        release(END.length - 1); // Its line end may begin the next end.
        matched = 1;
      }
      if (next == END[matched]) {
        matched++;
        return;
      }
      release(matched);
      if (next == END[0]) {
        matched = 1;
      } else {
        hold(next);
      }
    }

    private void release(int bytes) throws IOException {
      for (int i = 0; i < bytes; i++) {
        hold(END[i]);
      }
      matched = 0;
    }

    private void hold(byte next) throws IOException {
      if (last >= 0) {
        out.write(last);
      }
      last = next & 0xff;
    }

    @Override
    void finish() throws IOException {
      if (!done && last >= 0) {
        out.write(last ^ 1); // There are no rows; the end of the dump is damaged instead.
      }
    }

    /** Takes the last byte before the end of the rows, which has not been passed on. */
    abstract void damage(int lastByte) throws IOException;

    /** Takes what follows. */
    abstract void pass(byte[] bytes, int offset, int length) throws IOException;
  }

  /** Ends the dump inside the first rows. */
  static final class CutInsideRows extends AtEndOfRows {
    CutInsideRows(OutputStream out) {
      super(out);
    }

    @Override
    void damage(int lastByte) throws IOException {
      if (lastByte >= 0) {
        out.write(lastByte);
        out.write('\n');
      }
    }

    @Override
    void pass(byte[] bytes, int offset, int length) {
      // Cut off.
    }
  }

  /** Alters one bit of the first rows. */
  static final class FlipInsideRows extends AtEndOfRows {
    FlipInsideRows(OutputStream out) {
      super(out);
    }

    @Override
    void damage(int lastByte) throws IOException {
      if (lastByte >= 0) {
        out.write(lastByte ^ 1);
      }
    }

    @Override
    void pass(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }
  }
}
