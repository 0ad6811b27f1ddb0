package com.conitrack.backup.core.dump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds line ends in row data, eight bytes at a time: this is where the bulk of a dump passes. Not
 * thread-safe.
 */
final class Newlines {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
  private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

  private long count;

  /**
   * Scans from the middle of a line to the start of the next line that begins with a backslash or
   * whose first byte is not there yet.
   *
   * @return index of that line's first byte; {@code end} also if no such line was found
   */
  int toBackslashLine(byte[] b, int from, int end) {
    int i = from;
    for (; i + 9 <= end; i += 8) {
      long newlines = positions((long) LONG.get(b, i), NEWLINES);
      if (newlines != 0) {
        long hits = newlines & positions((long) LONG.get(b, i + 1), BACKSLASHES);
        if (hits != 0) {
          long first = Long.lowestOneBit(hits);
          count += Long.bitCount(newlines & (first | (first - 1)));
          return i + (Long.numberOfTrailingZeros(first) >>> 3) + 1;
        }
        count += Long.bitCount(newlines);
      }
    }
    return byteByByte(b, i, end);
  }

  private int byteByByte(byte[] b, int from, int end) {
    for (int i = from; i < end; i++) {
      if (b[i] == '\n') {
        count++;
        if (i + 1 < end && b[i + 1] == '\\') {
          return i + 1;
        }
      }
    }
    return end;
  }

  /** The highest bit of each byte that equals the pattern's, and no other. */
  private static long positions(long word, long pattern) {
    long difference = word ^ pattern;
    return ~(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS);
  }

  /** Line ends passed since this was last asked. */
  long take() {
    long taken = count;
    count = 0;
    return taken;
  }
}
