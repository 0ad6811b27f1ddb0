package com.conitrack.backup.core.dump;

/**
 * One token at the head of a statement.
 *
 * @param kind what it is
 * @param bytes its content: of quoted tokens what is between the quotes, with escapes resolved
 */
@SuppressWarnings("ArrayRecordComponent")
record Token(Kind kind, byte[] bytes) {
  enum Kind {
    WORD,
    QUOTED_NAME,
    LITERAL,
    NUMBER,
    SYMBOL
  }

  /** Whether it is that key word, given in lower case. */
  boolean is(String word) {
    return kind == Kind.WORD && sameWord(bytes, bytes.length, word);
  }

  boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && bytes[0] == symbol;
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }

  /** Compares as PostgreSQL folds key words: ASCII letters only. */
  static boolean sameWord(byte[] b, int length, String lowerCase) {
    if (length != lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(b[i]) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static byte lower(byte c) {
    return c >= 'A' && c <= 'Z' ? (byte) (c + ('a' - 'A')) : c;
  }
}
