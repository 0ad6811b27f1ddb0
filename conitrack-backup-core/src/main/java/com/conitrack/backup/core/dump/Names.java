package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.TableName;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads names as PostgreSQL does (documentation, "Identifiers and Key Words"). */
final class Names {
  private Names() {}

  /**
   * A name with or without schema.
   *
   * @param name the name
   * @param next index of the first token after it
   */
  record Found(TableName name, int next) {}

  /** The name that starts at token {@code index}, null if there is none. */
  static @Nullable Found at(Statement statement, int index, Session session) {
    List<String> parts = new ArrayList<>(2);
    int i = index;
    while (i < statement.size() && statement.token(i).isName()) {
      parts.add(fold(statement.token(i), session.charset()));
      i++;
      if (!statement.symbolAt(i, '.')) {
        break;
      }
      i++;
    }
    return parts.isEmpty() ? null : new Found(name(parts, session), i);
  }

  /** A name in the text of a {@code regclass} literal, such as {@code public."Órden"}. */
  static @Nullable TableName parse(String text, Session session) {
    List<String> parts = split(text, '.');
    return parts.isEmpty() ? null : name(parts, session);
  }

  /** The first of a list such as a search path. */
  static String firstOf(String list) {
    List<String> parts = split(list, ',');
    return parts.isEmpty() ? "" : parts.get(0);
  }

  /** What a token stands for: words in lower case, all else as it is. */
  static String fold(Token token, @Nullable Charset charset) {
    byte[] bytes = token.bytes();
    if (token.kind() == Token.Kind.WORD) {
      bytes = bytes.clone();
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = Token.lower(bytes[i]);
      }
    }
    return Encodings.decode(bytes, charset);
  }

  private static TableName name(List<String> parts, Session session) {
    int last = parts.size() - 1;
    return new TableName(last == 0 ? session.schema() : parts.get(last - 1), parts.get(last));
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>(2);
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (doubled) {
          part.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (quoted) {
        part.append(c);
      } else if (c == separator) {
        parts.add(part.toString());
        part.setLength(0);
      } else if (!Character.isWhitespace(c)) {
        part.append(c < 0x80 ? (char) Token.lower((byte) c) : c);
      }
    }
    if (!text.isBlank()) {
      parts.add(part.toString());
    }
    return parts;
  }
}
