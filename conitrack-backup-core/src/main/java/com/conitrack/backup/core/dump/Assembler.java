package com.conitrack.backup.core.dump;

/**
 * Puts statements together from tokens: where each starts and ends, and what its head is.
 *
 * @param <X> what the listener may throw
 */
final class Assembler<X extends Exception> {
  private static final Token[] SYMBOLS = new Token[256];

  static {
    for (int i = 0; i < SYMBOLS.length; i++) {
      SYMBOLS[i] = new Token(Token.Kind.SYMBOL, new byte[] {(byte) i});
    }
  }

  private final DumpListener<X> listener;
  private final Session session;
  private final Statement statement = new Statement();

  /** First byte of the current piece that the listener has not been told. */
  private int from;

  private boolean open;
  private boolean undecided;
  private int depth;
  private boolean beginSeen;

  /** How many {@code END} are due in a body that is written {@code BEGIN ATOMIC … END}. */
  private int atomicDepth;

  Assembler(DumpListener<X> listener, Session session) {
    this.listener = listener;
    this.session = session;
  }

  /** Bytes from here on have not been told. */
  void resumeAt(int index) {
    from = index;
  }

  /** Tells the listener what there is up to {@code to}. */
  void tell(byte[] b, int to) throws X {
    if (from < to) {
      if (open) {
        listener.text(b, from, to);
      } else {
        listener.gap(b, from, to);
      }
    }
    from = to;
  }

  boolean isOpen() {
    return open;
  }

  Statement statement() {
    return statement;
  }

  /** Opens a statement with the byte at {@code i}, unless one is open. */
  void open(byte[] b, int i) throws X {
    if (!open) {
      tell(b, i);
      open = true;
      undecided = true;
      depth = 0;
      beginSeen = false;
      atomicDepth = 0;
      statement.reset();
    }
  }

  /** Whether the content of a quoted token that starts now is of interest. */
  boolean wantsToken() {
    return statement.wants(depth);
  }

  /** A word outside quotes has ended before {@code i}. */
  void word(TokenBuffer word, byte[] b, int i) throws X {
    if (statement.wants(depth)) {
      statement.add(new Token(Token.Kind.WORD, word.copy()));
    }
    if (depth == 0) {
      statement.word(word.bytes(), word.length());
      if (statement.routine()) {
        trackBody(word);
      }
    }
    decide(b, i);
  }

  /**
   * {@code BEGIN} opens a body only before {@code ATOMIC}. psql takes any {@code BEGIN} for one,
   * that of a function's name too; where that makes it miss the end, the statement remembers.
   */
  private void trackBody(TokenBuffer word) {
    statement.psqlSees(word);
    if (atomicDepth == 0) {
      atomicDepth = beginSeen && word.is("atomic") ? 1 : 0;
      beginSeen = word.is("begin");
    } else if (word.is("case")) {
      atomicDepth++;
    } else if (word.is("end")) {
      atomicDepth--;
    }
  }

  /** A number or a quoted token has ended before {@code i}. */
  void other(Token.Kind kind, TokenBuffer content, byte[] b, int i) throws X {
    beginSeen = false;
    if (statement.wants(depth)) {
      statement.add(new Token(kind, content.copy()));
    }
    decide(b, i);
  }

  /** A single character has ended before {@code i}. */
  void symbol(byte c, byte[] b, int i) throws X {
    beginSeen = false;
    if (c == ')' && depth > 0 && --depth == 0) {
      statement.closes();
    }
    if (c == '(' && depth == 0) {
      statement.opens();
    }
    if (statement.wants(depth)) {
      statement.add(SYMBOLS[c & 0xFF]);
    }
    if (c == '(') {
      depth++;
    }
    decide(b, i);
  }

  private void decide(byte[] b, int i) throws X {
    if (undecided) {
      tell(b, i);
      undecided = !listener.decide(statement);
    }
  }

  /**
   * A semicolon stands at {@code i}.
   *
   * @return whether it ended the statement
   */
  boolean semicolon(byte[] b, int i) throws X {
    if (depth > 0 || atomicDepth > 0) {
      beginSeen = false;
      return false;
    }
    tell(b, i + 1);
    open = false;
    session.note(statement);
    listener.end(statement);
    return true;
  }
}
