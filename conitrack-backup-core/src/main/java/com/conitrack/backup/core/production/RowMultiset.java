package com.conitrack.backup.core.production;

import java.nio.ByteBuffer;

/**
 * How often each row occurs, by 128 bits of its SHA-256: 20 bytes for each different row, at most
 * 60 while the table grows. Not thread-safe.
 */
final class RowMultiset {
  private long[] high = new long[64];
  private long[] low = new long[64];
  private int[] counts = new int[64];
  private int used;
  private long rows;

  void add(byte[] sha256) {
    if (used * 3L > counts.length * 2L) {
      grow();
    }
    ByteBuffer digest = ByteBuffer.wrap(sha256);
    increase(digest.getLong(), digest.getLong(), 1);
    rows++;
  }

  /** Takes one of those rows out; false if there is none left. */
  boolean remove(byte[] sha256) {
    ByteBuffer digest = ByteBuffer.wrap(sha256);
    int slot = slot(digest.getLong(), digest.getLong());
    if (counts[slot] < 2) {
      return false;
    }
    counts[slot]--;
    rows--;
    return true;
  }

  /** How many rows are in it. */
  long rows() {
    return rows;
  }

  /** A count is one more than the number of rows, so that an emptied slot stays taken. */
  private void increase(long highBits, long lowBits, int by) {
    int slot = slot(highBits, lowBits);
    if (counts[slot] == 0) {
      high[slot] = highBits;
      low[slot] = lowBits;
      counts[slot] = 1;
      used++;
    }
    counts[slot] += by;
  }

  /** The slot of that digest, or the free one where it belongs. */
  private int slot(long highBits, long lowBits) {
    int mask = counts.length - 1;
    int slot = (int) highBits & mask;
    while (counts[slot] != 0 && (high[slot] != highBits || low[slot] != lowBits)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldCounts = counts;
    high = new long[oldHigh.length * 2];
    low = new long[high.length];
    counts = new int[high.length];
    used = 0;
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] > 0) {
        increase(oldHigh[i], oldLow[i], oldCounts[i] - 1);
      }
    }
  }
}
