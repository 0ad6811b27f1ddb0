package com.conitrack.backup.core.dump;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What kind of object a {@code CREATE} statement makes, in lower case. */
final class CreateKind {
  /** Words that say more about an object of the kind that follows. */
  private static final Set<String> MODIFIERS =
      Set.of(
          "or",
          "replace",
          "global",
          "local",
          "temp",
          "temporary",
          "unlogged",
          "unique",
          "recursive",
          "trusted",
          "procedural",
          "constraint",
          "default");

  /** Words that make a kind together with those after them. */
  private static final Map<String, Set<String>> TOGETHER =
      Map.of(
          "materialized", Set.of("view"),
          "event", Set.of("trigger"),
          "foreign", Set.of("table", "data"),
          "data", Set.of("wrapper"),
          "operator", Set.of("class", "family"),
          "text", Set.of("search"),
          "search", Set.of("configuration", "dictionary", "parser", "template"),
          "access", Set.of("method"),
          "user", Set.of("mapping"));

  private CreateKind() {}

  /** The kind, null if the statement creates nothing. */
  static @Nullable String of(Statement statement) {
    int index = indexOf(statement);
    if (index < 0) {
      return null;
    }
    StringBuilder kind = new StringBuilder();
    String word = word(statement, index);
    while (true) {
      kind.append(kind.isEmpty() ? "" : " ").append(word);
      String next = word(statement, ++index);
      if (!TOGETHER.getOrDefault(word, Set.of()).contains(next)) {
        return kind.toString();
      }
      word = next;
    }
  }

  /** Index of the first token after the kind {@code table} or {@code foreign table}, or -1. */
  static int afterTable(Statement statement) {
    int index = indexOf(statement);
    if (index < 0) {
      return -1;
    }
    int table = statement.wordAt(index, "foreign") ? index + 1 : index;
    return statement.wordAt(table, "table") ? table + 1 : -1;
  }

  private static int indexOf(Statement statement) {
    if (!statement.starts("create")) {
      return -1;
    }
    int index = 1;
    while (MODIFIERS.contains(word(statement, index))) {
      index++;
    }
    return word(statement, index).isEmpty() ? -1 : index;
  }

  private static String word(Statement statement, int index) {
    boolean there = index < statement.size() && statement.token(index).kind() == Token.Kind.WORD;
    return there ? Names.fold(statement.token(index), null) : "";
  }
}
