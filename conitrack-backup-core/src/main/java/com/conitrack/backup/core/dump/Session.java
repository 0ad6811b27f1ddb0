package com.conitrack.backup.core.dump;

import java.nio.charset.Charset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings a dump makes as it goes on and that decide how the rest of it is read. */
final class Session {
  private static final Set<String> ON = Set.of("on", "true", "yes", "1");

  private boolean standardStrings = true;
  private @Nullable String encoding;
  private @Nullable Charset charset;
  private String schema = "public";

  /** Takes note of {@code SET} and {@code set_config}. */
  void note(Statement statement) {
    if (statement.starts("set")) {
      noteSet(statement);
    } else if (statement.starts("select")) {
      noteSetConfig(statement);
    }
  }

  private void noteSet(Statement s) {
    int name = s.wordAt(1, "session") || s.wordAt(1, "local") ? 2 : 1;
    if (s.wordAt(name, "names") && s.has(name + 2)) {
      assign("client_encoding", s.token(name + 1));
    } else if (s.has(name + 3) && (s.symbolAt(name + 1, '=') || s.wordAt(name + 1, "to"))) {
      assign(Names.fold(s.token(name), null), s.token(name + 2));
    }
  }

  private void noteSetConfig(Statement s) {
    int name = s.wordAt(1, "pg_catalog") && s.symbolAt(2, '.') ? 3 : 1;
    if (s.wordAt(name, "set_config")
        && s.has(name + 5)
        && s.token(name + 2).kind() == Token.Kind.LITERAL
        && s.token(name + 4).kind() == Token.Kind.LITERAL) {
      assignText(text(s.token(name + 2)), text(s.token(name + 4)));
    }
  }

  private void assign(String name, Token value) {
    if (name.equals("search_path")) {
      schema = orPublic(Names.fold(value, charset));
    } else {
      assignText(name, Names.fold(value, charset));
    }
  }

  private void assignText(String name, String value) {
    switch (name) {
      case "standard_conforming_strings" -> standardStrings = ON.contains(value);
      case "client_encoding" -> {
        encoding = value;
        charset = Encodings.charset(value);
      }
      case "search_path" -> schema = orPublic(Names.firstOf(value));
      default -> {
        // Others do not change how the dump is read.
      }
    }
  }

  /** pg_dump 10.3 and later empty the path and give every name its schema. */
  private static String orPublic(String first) {
    return first.isEmpty() ? "public" : first;
  }

  private String text(Token token) {
    return Encodings.decode(token.bytes(), charset);
  }

  /** Whether a backslash in an ordinary literal stands for itself. */
  boolean standardStrings() {
    return standardStrings;
  }

  /** The client encoding as the dump sets it, null before. */
  @Nullable String encoding() {
    return encoding;
  }

  @Nullable Charset charset() {
    return charset;
  }

  /** The schema that names without one belong to. */
  String schema() {
    return schema;
  }
}
