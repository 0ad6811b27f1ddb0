package com.conitrack.backup.core.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The head of one statement: its first tokens outside parentheses, inside them only where they name
 * something (arguments of {@code SELECT f(…)}, parents after {@code INHERITS}). So a column list of
 * any length costs nothing. Reused from statement to statement.
 */
final class Statement {
  private static final Set<String> TWO_WORDS =
      Set.of("CREATE", "ALTER", "DROP", "COMMENT", "INSERT", "START", "PREPARE");

  private static final int MAX_TOKENS = 64;
  private static final int MAX_PARENTS = 8192;

  private final List<Token> tokens = new ArrayList<>();
  private boolean select;
  private boolean insert;
  private boolean parents;
  private boolean values;
  private boolean valuesOver;
  private boolean routine;
  private long tuples;
  private int psqlDepth;

  void reset() {
    tokens.clear();
    select = false;
    insert = false;
    parents = false;
    values = false;
    valuesOver = false;
    routine = false;
    tuples = 0;
    psqlDepth = 0;
  }

  /** Whether a token at that depth of parentheses is to be added. */
  boolean wants(int depth) {
    if (parents) {
      return tokens.size() < MAX_PARENTS;
    }
    return (depth == 0 || select) && !values && tokens.size() < MAX_TOKENS;
  }

  void add(Token token) {
    tokens.add(token);
    int size = tokens.size();
    if (size == 1) {
      select = token.is("select");
      insert = token.is("insert");
    }
    if (size <= 4) {
      routine |= startsRoutine();
    }
  }

  private boolean startsRoutine() {
    int kind = starts("create", "or", "replace") ? 3 : 1;
    return starts("create") && (wordAt(kind, "function") || wordAt(kind, "procedure"));
  }

  /** Told of each word outside parentheses, wanted or not. */
  void word(byte[] b, int length) {
    if (!insert || valuesOver) {
      return;
    }
    if (!values) {
      values = Token.sameWord(b, length, "values");
    } else {
      valuesOver = true;
    }
  }

  /** Counts as psql does, told of each word outside parentheses while a routine is created. */
  void psqlSees(TokenBuffer word) {
    if (word.is("begin") || psqlDepth > 0 && word.is("case")) {
      psqlDepth++;
    } else if (psqlDepth > 0 && word.is("end")) {
      psqlDepth--;
    }
  }

  /** Whether psql does not notice that the statement, which is complete, has ended. */
  boolean misleadsPsql() {
    return psqlDepth > 0;
  }

  /** Told of each parenthesis that opens outside all others. */
  void opens() {
    if (values && !valuesOver) {
      tuples++;
    }
    parents = !tokens.isEmpty() && tokens.get(tokens.size() - 1).is("inherits");
  }

  /** Told when that one is closed. */
  void closes() {
    parents = false;
  }

  int size() {
    return tokens.size();
  }

  Token token(int index) {
    return tokens.get(index);
  }

  boolean wordAt(int index, String word) {
    return index < tokens.size() && tokens.get(index).is(word);
  }

  boolean symbolAt(int index, char symbol) {
    return index < tokens.size() && tokens.get(index).isSymbol(symbol);
  }

  /** Whether it starts with these key words. */
  boolean starts(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!wordAt(i, words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether there are as many tokens, so that the first {@code count} can be judged. */
  boolean has(int count) {
    return tokens.size() >= count;
  }

  /** Index of the first of these key words at or after {@code from}, or -1. */
  int find(int from, String word) {
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).is(word)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a function or procedure is created, whose body may hold semicolons. */
  boolean routine() {
    return routine;
  }

  /** Whether rows follow it in the script. */
  boolean readsRows() {
    if (!starts("copy")) {
      return false;
    }
    int from = find(1, "from");
    return from > 0 && wordAt(from + 1, "stdin");
  }

  /** Whether it is an {@code INSERT} that carries its rows. */
  boolean insertsValues() {
    return insert && values;
  }

  /** Rows that an {@code INSERT … VALUES} carries; {@code DEFAULT VALUES} is one. */
  long tuples() {
    return Math.max(1, tuples);
  }

  /** Its first key words, for messages; names are left out, they may be long or odd. */
  String describe() {
    if (tokens.isEmpty() || tokens.get(0).kind() != Token.Kind.WORD) {
      return "a statement";
    }
    String first = upper(tokens.get(0));
    boolean more = has(2) && TWO_WORDS.contains(first) && tokens.get(1).kind() == Token.Kind.WORD;
    return more ? first + " " + upper(tokens.get(1)) : first;
  }

  private static String upper(Token word) {
    return Names.fold(word, null).toUpperCase(Locale.ROOT);
  }
}
