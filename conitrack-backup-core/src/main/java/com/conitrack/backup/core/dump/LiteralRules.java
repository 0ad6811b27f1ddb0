package com.conitrack.backup.core.dump;

/**
 * Whether a backslash escapes in a literal, which depends on its prefix, on the session and, where
 * a literal continues another after a line end, on that one (documentation, "String Constants").
 */
final class LiteralRules {
  private boolean escapes;
  private boolean unicodePrefix;
  private boolean continuable;
  private boolean newlineSince;

  /** Whether that letter, right before a quote, is part of the literal. */
  static boolean isPrefix(byte letter) {
    return switch (Token.lower(letter)) {
      case 'e', 'b', 'x', 'n' -> true;
      default -> false;
    };
  }

  /** {@code U&} has been read. */
  void unicodePrefix() {
    unicodePrefix = true;
  }

  /** Rules for a literal without a letter before it. */
  boolean plain(boolean standardStrings) {
    if (continuable && newlineSince) {
      return escapes;
    }
    return !unicodePrefix && !standardStrings;
  }

  boolean prefixed(byte letter, boolean standardStrings) {
    return switch (Token.lower(letter)) {
      case 'e' -> true;
      case 'n' -> !standardStrings;
      default -> false;
    };
  }

  void start(boolean withEscapes) {
    escapes = withEscapes;
  }

  boolean escapes() {
    return escapes;
  }

  /** The closing quote has been read. */
  void ended() {
    continuable = true;
    newlineSince = false;
  }

  void blank(boolean newline) {
    newlineSince |= newline;
    unicodePrefix = false;
  }

  /** Something other than blanks and line comments follows. */
  void interrupted() {
    continuable = false;
    unicodePrefix = false;
  }

  /** What a letter after a backslash stands for; numeric escapes do not occur in names. */
  static byte unescape(byte c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> c;
    };
  }
}
