package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.LeftOut;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Passes on, leaves out or refuses what the lexer finds. */
final class ReplayRules implements DumpListener<IOException> {
  private static final int MAX_HEAD = 16 * 1024;

  /** The columns of a {@code COPY} stand before the word that tells where its rows are. */
  private static final int MAX_COPY_HEAD = 256 * 1024;

  private static final byte[] SPACE = {' '};

  /** Statements that are left out if nothing but a noise word follows. */
  private static final Set<String> BRACKETS = Set.of("begin", "commit");

  private static final Set<String> TRANSACTION_CONTROL =
      Set.of("end", "rollback", "abort", "savepoint", "release");

  /** What is refused by its first two words only; of the first alone nothing can be said. */
  private static final Set<String> TWO_WORDS =
      Set.of(
          "start transaction",
          "prepare transaction",
          "create database",
          "drop database",
          "alter database",
          "alter system",
          "create tablespace",
          "drop tablespace");

  private static final Set<String> FIRST_OF_TWO =
      TWO_WORDS.stream()
          .map(words -> words.substring(0, words.indexOf(' ')))
          .collect(Collectors.toUnmodifiableSet());

  private final OutputStream sink;

  /** Text of the statement at hand until it is known what becomes of it. */
  private final TokenBuffer head = new TokenBuffer(MAX_COPY_HEAD);

  private final RestoreFilter.Brackets brackets;
  private final LeaveOutRules leaving;
  private final SortedMap<String, Integer> leftOut = new TreeMap<>();
  private boolean passing;

  /** Whether the statement at hand is left out. */
  private boolean leavingOut;

  ReplayRules(OutputStream sink, RestoreFilter.Brackets brackets, LeftOut leftOut) {
    this.sink = sink;
    this.brackets = brackets;
    this.leaving = new LeaveOutRules(leftOut);
  }

  /** How many statements were left out, by what they are. */
  SortedMap<String, Integer> leftOut() {
    return leftOut;
  }

  @Override
  public void gap(byte[] b, int from, int to) throws IOException {
    sink.write(b, from, to - from);
  }

  @Override
  public void comment(String line) {
    // Passed on as part of the gap.
  }

  @Override
  public void command(String line) throws IOException {
    String name = line.split("\\s", 2)[0];
    if (!name.equals("\\restrict") && !name.equals("\\unrestrict")) {
      throw refused("the psql command " + name);
    }
  }

  @Override
  public void text(byte[] b, int from, int to) throws IOException {
    if (passing) {
      sink.write(b, from, to - from);
    } else if (!leavingOut) {
      head.append(b, from, to);
    }
  }

  /** Before a space, a colon is but a colon: in array slices and in JSON. */
  @Override
  public void interpolates() throws IOException {
    text(SPACE, 0, SPACE.length);
  }

  @Override
  public boolean decide(Statement statement) throws IOException {
    boolean copy = statement.starts("copy");
    if (head.cut() || head.length() > MAX_HEAD && !copy) {
      throw refused("a statement whose first words are more than " + MAX_HEAD + " bytes apart");
    }
    if (isBracket(statement)) {
      return false;
    }
    refuse(statement);
    if (copy && !statement.readsRows()) {
      return false;
    }
    if (statement.has(2) || !opensTwoWords(statement)) {
      judge(statement, false);
    }
    return passing || leavingOut;
  }

  /** Passes it on or leaves it out, as soon as it can be told which. */
  private void judge(Statement statement, boolean complete) throws IOException {
    LeaveOutRules.Verdict verdict = leaving.judge(statement, complete);
    if (verdict.isKnown()) {
      String what = verdict.leftOut();
      if (what == null) {
        pass();
      } else {
        leftOut.merge(what, 1, Integer::sum);
        leavingOut = true;
      }
    }
  }

  private static boolean isBracket(Statement statement) {
    return BRACKETS.contains(wordAt(statement, 0));
  }

  private static boolean opensTwoWords(Statement statement) {
    return FIRST_OF_TWO.contains(wordAt(statement, 0));
  }

  private static void refuse(Statement statement) throws IOException {
    String first = wordAt(statement, 0);
    if (TRANSACTION_CONTROL.contains(first)
        || TWO_WORDS.contains(first + " " + wordAt(statement, 1))) {
      throw refused(statement.describe());
    }
  }

  private static String wordAt(Statement statement, int index) {
    boolean word = statement.has(index + 1) && statement.token(index).kind() == Token.Kind.WORD;
    return word ? Names.fold(statement.token(index), null) : "";
  }

  private void pass() throws IOException {
    sink.write(head.bytes(), 0, head.length());
    passing = true;
  }

  @Override
  public void end(Statement statement) throws IOException {
    if (statement.misleadsPsql() && !leavingOut) {
      throw new IOException(
          "unable to replay the dump: psql cannot tell where its "
              + statement.describe()
              + " ends, for it takes a name that is the word BEGIN for the start of a body; hint:"
              + " rename that function, or put its name in double quotes in the dump");
    }
    if (statement.starts("copy") && !statement.readsRows()) {
      throw refused("a COPY whose rows do not follow it");
    }
    if (isBracket(statement)) {
      if (!isPlainBracket(statement)) {
        throw refused(statement.describe() + " with options");
      }
      if (brackets == RestoreFilter.Brackets.KEPT) {
        pass();
      }
    } else if (!passing && !leavingOut) {
      judge(statement, true);
    }
    passing = false;
    leavingOut = false;
    head.reset();
  }

  private static boolean isPlainBracket(Statement s) {
    return s.size() == 1 || s.size() == 2 && (s.wordAt(1, "work") || s.wordAt(1, "transaction"));
  }

  @Override
  public void rows(byte[] b, int from, int to, long lines) throws IOException {
    sink.write(b, from, to - from);
  }

  @Override
  public void rowsEnd(byte[] marker) throws IOException {
    sink.write(marker, 0, marker.length);
  }

  @Override
  public void defect(String what) throws IOException {
    throw new IOException("unable to replay the dump: it " + what);
  }

  private static IOException refused(String what) {
    return new IOException(
        "unable to replay the dump: it holds "
            + what
            + ", which has no place in the dump of one database; hint: take the dump without"
            + " --create, or take such statements out of it");
  }
}
