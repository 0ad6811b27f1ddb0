package com.conitrack.backup.core.dump;

/**
 * What a byte can be at the start of a token; any encoding a server uses is ASCII where it matters.
 */
final class Chars {
  static final byte OTHER = 0;
  static final byte SPACE = 1;
  static final byte LETTER = 2;
  static final byte DIGIT = 3;

  private static final byte[] CLASS = new byte[256];

  static {
    for (char c : " \t\n\r\f\u000B".toCharArray()) {
      CLASS[c] = SPACE;
    }
    for (int c = 0; c < 26; c++) {
      CLASS['a' + c] = LETTER;
      CLASS['A' + c] = LETTER;
    }
    CLASS['_'] = LETTER;
    for (int c = 0x80; c < 0x100; c++) {
      CLASS[c] = LETTER;
    }
    for (int c = '0'; c <= '9'; c++) {
      CLASS[c] = DIGIT;
    }
  }

  private Chars() {}

  static byte classOf(byte c) {
    return CLASS[c & 0xFF];
  }

  static boolean isSpace(byte c) {
    return CLASS[c & 0xFF] == SPACE;
  }

  static boolean isNewline(byte c) {
    return c == '\n' || c == '\r';
  }

  static boolean startsName(byte c) {
    return CLASS[c & 0xFF] == LETTER;
  }

  static boolean isDigit(byte c) {
    return CLASS[c & 0xFF] == DIGIT;
  }

  /** Letters and digits: what the tag of a dollar quote is made of. */
  static boolean continuesTag(byte c) {
    return CLASS[c & 0xFF] >= LETTER;
  }

  static boolean continuesName(byte c) {
    return CLASS[c & 0xFF] >= LETTER || c == '$';
  }

  /** First index at which {@code c} stands, or {@code end}. */
  static int indexOf(byte[] b, int from, int end, char c) {
    int i = from;
    while (i < end && b[i] != c) {
      i++;
    }
    return i;
  }
}
