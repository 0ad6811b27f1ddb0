package com.conitrack.backup.core.dump;

import java.util.Arrays;

/** Collects bytes up to a limit and remembers whether there were more. */
final class TokenBuffer {
  private final int limit;
  private byte[] bytes = new byte[128];
  private int length;
  private boolean cut;

  TokenBuffer(int limit) {
    this.limit = limit;
  }

  void reset() {
    length = 0;
    cut = false;
  }

  void append(byte[] b, int from, int to) {
    int count = Math.min(to - from, limit - length);
    cut |= count < to - from;
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, length + count)));
    }
    System.arraycopy(b, from, bytes, length, count);
    length += count;
  }

  void append(byte c) {
    if (length == limit) {
      cut = true;
      return;
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, 2 * bytes.length));
    }
    bytes[length++] = c;
  }

  /** The bytes collected, valid up to {@link #length()} and until the next change. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  boolean cut() {
    return cut;
  }

  /** Whether it is that key word, given in lower case. */
  boolean is(String word) {
    return Token.sameWord(bytes, length, word);
  }

  boolean isSingle(char lowerCase) {
    return length == 1 && Token.lower(bytes[0]) == lowerCase;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }
}
