package com.conitrack.backup.core.dump;

/** A comment in slashes and stars, which may hold others. */
final class BlockComment {
  private int depth;
  private byte last;

  /** Its opening has been read. */
  void start() {
    depth = 1;
    last = 0;
  }

  boolean ended() {
    return depth == 0;
  }

  /** Reads on to the end of the comment, or of the piece. */
  int read(byte[] b, int from, int end) {
    int i = from;
    while (i < end && depth > 0) {
      byte c = b[i++];
      if (last == '*' && c == '/') {
        depth--;
        last = 0;
      } else if (last == '/' && c == '*') {
        depth++;
        last = 0;
      } else {
        last = c;
      }
    }
    return i;
  }
}
