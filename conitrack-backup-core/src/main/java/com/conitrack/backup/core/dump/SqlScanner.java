package com.conitrack.backup.core.dump;

import org.jspecify.annotations.Nullable;

/**
 * Finds tokens and the ends of statements, by the rules of psql's own scanner (PostgreSQL source,
 * {@code psqlscan.l}; documentation, "Lexical Structure").
 *
 * @param <X> what the listener may throw
 */
final class SqlScanner<X extends Exception> {
  /** Names have at most 63 bytes, in a literal and quoted about four times that. */
  private static final int MAX_TOKEN = 4096;

  private enum State {
    PLAIN,
    WORD,
    NUMBER,
    DASH,
    SLASH,
    COLON,
    LINE_COMMENT,
    BLOCK_COMMENT,
    LITERAL,
    LITERAL_ESCAPE,
    LITERAL_QUOTE,
    NAME,
    NAME_QUOTE,
    DOLLAR,
    DOLLAR_TAG,
    DOLLAR_BODY,
    COMMAND,
    BEFORE_ROWS
  }

  private final DumpListener<X> listener;
  private final Session session;
  private final Assembler<X> assembler;
  private final TokenBuffer token = new TokenBuffer(MAX_TOKEN);
  private final LiteralRules literals = new LiteralRules();
  private final DollarQuote dollar = new DollarQuote(MAX_TOKEN);
  private final BlockComment comment = new BlockComment();

  private State state = State.PLAIN;
  private boolean capture;
  private boolean rowsFollow;

  SqlScanner(DumpListener<X> listener, Session session) {
    this.listener = listener;
    this.session = session;
    this.assembler = new Assembler<>(listener, session);
  }

  /**
   * Reads on until the piece ends or row data begins.
   *
   * @return index of the first byte that was not read
   */
  int scan(byte[] b, int start, int end) throws X {
    assembler.resumeAt(start);
    rowsFollow = false;
    int i = start;
    while (i < end && !rowsFollow) {
      i = step(b, i, end);
    }
    if (state != State.COMMAND) {
      assembler.tell(b, i);
    }
    return i;
  }

  /** Whether the last scan stopped because row data begins. */
  boolean rowsFollow() {
    return rowsFollow;
  }

  /** Whether a {@code COPY} has ended and its line has not. */
  boolean awaitsRows() {
    return state == State.BEFORE_ROWS;
  }

  private int step(byte[] b, int i, int end) throws X {
    return switch (state) {
      case PLAIN -> plain(b, i, end);
      case WORD -> word(b, i, end);
      case NUMBER -> number(b, i, end);
      case DASH -> dash(b, i);
      case SLASH -> slash(b, i);
      case COLON -> colon(b, i);
      case LINE_COMMENT -> lineComment(b, i, end);
      case BLOCK_COMMENT -> blockComment(b, i, end);
      case LITERAL -> literal(b, i, end);
      case LITERAL_ESCAPE -> literalEscape(b, i);
      case LITERAL_QUOTE -> literalQuote(b, i);
      case NAME -> name(b, i, end);
      case NAME_QUOTE -> nameQuote(b, i);
      case DOLLAR -> dollar(b, i);
      case DOLLAR_TAG -> dollarTag(b, i, end);
      case DOLLAR_BODY -> dollarBody(b, i, end);
      case COMMAND -> command(b, i, end);
      case BEFORE_ROWS -> beforeRows(b, i, end);
    };
  }

  private int plain(byte[] b, int i, int end) throws X {
    byte c = b[i];
    switch (Chars.classOf(c)) {
      case Chars.SPACE -> {
        return blanks(b, i, end);
      }
      case Chars.LETTER -> {
        start(State.WORD, b, i);
        return i;
      }
      case Chars.DIGIT -> {
        start(State.NUMBER, b, i);
        return i;
      }
      default -> {
        return punctuation(c, b, i);
      }
    }
  }

  private int blanks(byte[] b, int from, int end) {
    int i = from;
    boolean newline = false;
    while (i < end && Chars.isSpace(b[i])) {
      newline |= Chars.isNewline(b[i]);
      i++;
    }
    literals.blank(newline);
    return i;
  }

  private void start(State next, byte[] b, int i) throws X {
    assembler.open(b, i);
    literals.interrupted();
    token.reset();
    state = next;
  }

  private int punctuation(byte c, byte[] b, int i) throws X {
    switch (c) {
      case '-' -> state = State.DASH;
      case '/' -> state = State.SLASH;
      case '\'' -> startLiteral(literals.plain(session.standardStrings()), b, i);
      case '"' -> {
        start(State.NAME, b, i);
        capture = assembler.wantsToken();
      }
      case '$' -> start(State.DOLLAR, b, i);
      case ':' -> {
        start(State.COLON, b, i);
        assembler.symbol(c, b, i + 1);
      }
      case ';' -> semicolon(b, i);
      case '\\' -> backslash(b, i);
      default -> {
        start(State.PLAIN, b, i);
        assembler.symbol(c, b, i + 1);
      }
    }
    return i + 1;
  }

  private void semicolon(byte[] b, int i) throws X {
    start(State.PLAIN, b, i);
    if (assembler.semicolon(b, i) && assembler.statement().readsRows()) {
      state = State.BEFORE_ROWS;
    }
  }

  private void backslash(byte[] b, int i) throws X {
    if (assembler.isOpen()) {
      listener.defect("has a psql command inside a statement");
    } else {
      assembler.tell(b, i);
      token.reset();
      token.append((byte) '\\');
      state = State.COMMAND;
    }
  }

  private int word(byte[] b, int from, int end) throws X {
    int i = from;
    while (i < end && Chars.continuesName(b[i])) {
      i++;
    }
    token.append(b, from, i);
    return i < end ? wordEnd(b, i) : i;
  }

  private int wordEnd(byte[] b, int i) throws X {
    byte next = b[i];
    if (next == '\'' && token.length() == 1 && LiteralRules.isPrefix(token.bytes()[0])) {
      startLiteral(literals.prefixed(token.bytes()[0], session.standardStrings()), b, i);
      return i + 1;
    }
    state = State.PLAIN;
    if (next == '&' && token.isSingle('u')) {
      literals.unicodePrefix();
      return i + 1;
    }
    assembler.word(token, b, i);
    return i;
  }

  private int number(byte[] b, int from, int end) throws X {
    int i = from;
    while (i < end && Chars.isDigit(b[i])) {
      i++;
    }
    token.append(b, from, i);
    if (i < end && Chars.startsName(b[i])) {
      state = State.WORD;
    } else if (i < end) {
      state = State.PLAIN;
      assembler.other(Token.Kind.NUMBER, token, b, i);
    }
    return i;
  }

  private int dash(byte[] b, int i) throws X {
    if (b[i] != '-') {
      return operator((byte) '-', b, i);
    }
    token.reset();
    token.append((byte) '-');
    token.append((byte) '-');
    state = State.LINE_COMMENT;
    return i + 1;
  }

  private int slash(byte[] b, int i) throws X {
    if (b[i] != '*') {
      return operator((byte) '/', b, i);
    }
    literals.interrupted();
    comment.start();
    state = State.BLOCK_COMMENT;
    return i + 1;
  }

  /** A second colon makes a cast, and what follows that is no variable's name. */
  private int colon(byte[] b, int i) throws X {
    state = State.PLAIN;
    byte c = b[i];
    if (c == ':') {
      assembler.symbol(c, b, i + 1);
      return i + 1;
    }
    if (Chars.startsName(c) || c == '\'' || c == '"' || c == '{') {
      assembler.tell(b, i);
      listener.interpolates();
    }
    return i;
  }

  /** No statement starts with an operator, so one between statements is left where it is. */
  private int operator(byte c, byte[] b, int i) throws X {
    literals.interrupted();
    state = State.PLAIN;
    if (assembler.isOpen()) {
      assembler.symbol(c, b, i);
    }
    return i;
  }

  private int lineComment(byte[] b, int from, int end) throws X {
    int i = from;
    while (i < end && !Chars.isNewline(b[i])) {
      i++;
    }
    boolean between = !assembler.isOpen();
    if (between) {
      token.append(b, from, i);
    }
    if (i < end) {
      state = State.PLAIN;
      if (between) {
        listener.comment(Encodings.decode(token.copy(), session.charset()));
      }
    }
    return i;
  }

  private int blockComment(byte[] b, int from, int end) {
    int i = comment.read(b, from, end);
    if (comment.ended()) {
      state = State.PLAIN;
    }
    return i;
  }

  private void startLiteral(boolean withEscapes, byte[] b, int i) throws X {
    start(State.LITERAL, b, i);
    literals.start(withEscapes);
    capture = assembler.wantsToken();
  }

  private int literal(byte[] b, int from, int end) {
    int i = from;
    if (literals.escapes()) {
      while (i < end && b[i] != '\'' && b[i] != '\\') {
        i++;
      }
    } else {
      i = Chars.indexOf(b, from, end, '\'');
    }
    collect(b, from, i);
    if (i == end) {
      return end;
    }
    state = b[i] == '\'' ? State.LITERAL_QUOTE : State.LITERAL_ESCAPE;
    return i + 1;
  }

  private void collect(byte[] b, int from, int to) {
    if (capture) {
      token.append(b, from, to);
    }
  }

  private int literalEscape(byte[] b, int i) {
    if (capture) {
      token.append(LiteralRules.unescape(b[i]));
    }
    state = State.LITERAL;
    return i + 1;
  }

  private int literalQuote(byte[] b, int i) throws X {
    if (b[i] == '\'') {
      collect(b, i, i + 1);
      state = State.LITERAL;
      return i + 1;
    }
    state = State.PLAIN;
    literals.ended();
    assembler.other(Token.Kind.LITERAL, token, b, i);
    return i;
  }

  private int name(byte[] b, int from, int end) {
    int i = Chars.indexOf(b, from, end, '"');
    collect(b, from, i);
    if (i < end) {
      state = State.NAME_QUOTE;
      i++;
    }
    return i;
  }

  private int nameQuote(byte[] b, int i) throws X {
    if (b[i] == '"') {
      collect(b, i, i + 1);
      state = State.NAME;
      return i + 1;
    }
    state = State.PLAIN;
    assembler.other(Token.Kind.QUOTED_NAME, token, b, i);
    return i;
  }

  /** After a dollar that is not part of a name: a quote, a parameter, or just a character. */
  private int dollar(byte[] b, int i) {
    byte c = b[i];
    if (Chars.isDigit(c)) {
      state = State.NUMBER;
    } else if (c == '$') {
      return startBody(i);
    } else {
      state = Chars.startsName(c) ? State.DOLLAR_TAG : State.PLAIN;
    }
    return i;
  }

  private int dollarTag(byte[] b, int from, int end) throws X {
    int i = from;
    while (i < end && Chars.continuesTag(b[i])) {
      i++;
    }
    token.append(b, from, i);
    if (token.cut()) {
      listener.defect("has a dollar quote whose tag is longer than " + MAX_TOKEN + " bytes");
    }
    if (i == end) {
      return end;
    }
    if (b[i] == '$') {
      return startBody(i);
    }
    state = State.WORD;
    return i;
  }

  private int startBody(int i) {
    dollar.start(token);
    state = State.DOLLAR_BODY;
    return i + 1;
  }

  private int dollarBody(byte[] b, int from, int end) throws X {
    int i = dollar.read(b, from, end);
    if (dollar.ended()) {
      state = State.PLAIN;
      token.reset();
      assembler.other(Token.Kind.LITERAL, token, b, i);
    }
    return i;
  }

  private int command(byte[] b, int from, int end) throws X {
    int i = Chars.indexOf(b, from, end, '\n');
    token.append(b, from, i);
    if (i == end) {
      return end;
    }
    state = State.PLAIN;
    listener.command(Encodings.decode(token.copy(), session.charset()).stripTrailing());
    assembler.resumeAt(i + 1);
    return i + 1;
  }

  /** psql takes the rest of the line first and the rows after it; pg_dump leaves nothing there. */
  private int beforeRows(byte[] b, int i, int end) throws X {
    if (b[i] == '\n') {
      state = State.PLAIN;
      rowsFollow = true;
    } else if (!Chars.isSpace(b[i])) {
      listener.defect("has text between COPY and its rows");
      return Chars.indexOf(b, i, end, '\n');
    }
    return i + 1;
  }

  /** What would be cut if the input ended here, null if nothing. */
  @Nullable String openConstruct() {
    String where =
        switch (state) {
          case BLOCK_COMMENT -> "a comment";
          case LITERAL, LITERAL_ESCAPE -> "a quoted text";
          case NAME -> "a quoted name";
          case DOLLAR_BODY -> "a text in dollar quotes";
          case COMMAND -> "a psql command";
          default -> null;
        };
    if (!assembler.isOpen()) {
      return where;
    }
    String what = assembler.statement().describe();
    return where == null ? what : where + " of " + what;
  }
}
