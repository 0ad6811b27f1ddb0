package com.conitrack.backup.core.dump;

/** A text between two equal tags such as {@code $body$}; nothing in it is interpreted. */
final class DollarQuote {
  private final TokenBuffer tag;
  private int matched;
  private boolean ended;

  DollarQuote(int maxTag) {
    tag = new TokenBuffer(maxTag);
  }

  /** The text starts with the next byte; {@code name} is the tag between its dollars. */
  void start(TokenBuffer name) {
    tag.reset();
    tag.append(name.bytes(), 0, name.length());
    matched = 0;
    ended = false;
  }

  boolean ended() {
    return ended;
  }

  /** Reads on to the end of the closing tag, or of the piece. The tag itself holds no dollar. */
  int read(byte[] b, int from, int end) {
    int i = from;
    while (i < end) {
      if (matched == 0) {
        i = Chars.indexOf(b, i, end, '$');
        if (i == end) {
          return end;
        }
        matched = 1;
      } else if (matched == tag.length() + 1 && b[i] == '$') {
        ended = true;
        return i + 1;
      } else if (matched <= tag.length() && b[i] == tag.bytes()[matched - 1]) {
        matched++;
      } else {
        matched = b[i] == '$' ? 1 : 0;
      }
      i++;
    }
    return end;
  }
}
