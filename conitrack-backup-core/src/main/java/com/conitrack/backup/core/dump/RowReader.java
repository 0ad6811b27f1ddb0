package com.conitrack.backup.core.dump;

/**
 * Passes the rows of a {@code COPY … FROM stdin} on, up to the line that is {@code \.} and nothing
 * else. Rows are never looked into: a backslash, line end or carriage return of theirs is escaped.
 *
 * @param <X> what the listener may throw
 */
final class RowReader<X extends Exception> {
  /** A line that starts with this is the end marker if nothing but the line end follows. */
  private static final byte[] MARKER = {'\\', '.', '\r'};

  private static final byte[] MARKER_LINE = {'\\', '.', '\n'};
  private static final byte[] MARKER_LINE_CR = {'\\', '.', '\r', '\n'};
  private static final int MID_LINE = -1;

  private final DumpListener<X> listener;
  private final Newlines newlines = new Newlines();
  private boolean active;

  /**
   * How many bytes of the marker the current line starts with; {@code MID_LINE} once it differs.
   */
  private int matched;

  /** How many of those came in earlier pieces, where they were kept back. */
  private int heldBack;

  RowReader(DumpListener<X> listener) {
    this.listener = listener;
  }

  /** Row data starts with the next byte. */
  void start() {
    active = true;
    matched = 0;
    heldBack = 0;
  }

  boolean active() {
    return active;
  }

  /**
   * Reads on until the piece or the row data ends.
   *
   * @return index of the first byte that is not row data, or {@code end}
   */
  int read(byte[] b, int from, int end) throws X {
    int i = from;
    while (i < end) {
      if (matched == MID_LINE) {
        i = newlines.toBackslashLine(b, i, end);
        matched = i == end && b[i - 1] != '\n' ? MID_LINE : 0;
      } else if (b[i] == '\n' && matched >= 2) {
        finish(b, from, i + 1);
        return i + 1;
      } else if (matched < MARKER.length && b[i] == MARKER[matched]) {
        matched++;
        i++;
      } else {
        releaseHeldBack();
        matched = MID_LINE;
      }
    }
    pause(b, from, end);
    return end;
  }

  private void releaseHeldBack() throws X {
    if (heldBack > 0) {
      listener.rows(MARKER, 0, heldBack, 0);
      heldBack = 0;
    }
  }

  private void pause(byte[] b, int from, int end) throws X {
    int kept = Math.max(0, matched) - heldBack;
    tell(b, from, end - kept);
    heldBack += kept;
  }

  private void finish(byte[] b, int from, int next) throws X {
    tell(b, from, next - 1 - (matched - heldBack));
    active = false;
    listener.rowsEnd(matched == 2 ? MARKER_LINE : MARKER_LINE_CR);
  }

  private void tell(byte[] b, int from, int to) throws X {
    if (from < to) {
      listener.rows(b, from, to, newlines.take());
    }
  }
}
