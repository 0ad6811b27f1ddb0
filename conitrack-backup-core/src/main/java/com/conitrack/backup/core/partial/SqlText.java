package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One statement of a dump, cut into tokens with their places, as pg_dump writes statements. */
final class SqlText {
  private final String sql;
  private final String schema;
  private final List<Token> tokens = new ArrayList<>();

  /**
   * @param schema the schema of names that have none
   */
  SqlText(String sql, String schema) {
    this.sql = sql;
    this.schema = schema;
    scan();
  }

  /** What a token is. */
  enum Kind {
    WORD,
    QUOTED_NAME,
    OTHER
  }

  /**
   * A token.
   *
   * @param kind what it is
   * @param text a word in lower case, a quoted name without its quotes, all else as it is
   * @param start where it starts
   * @param end where it ends
   * @param depth in how many parentheses it stands; a parenthesis itself counts as outside
   */
  record Token(Kind kind, String text, int start, int end, int depth) {
    boolean is(String word) {
      return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(char symbol) {
      return kind == Kind.OTHER && text.length() == 1 && text.charAt(0) == symbol;
    }

    boolean isName() {
      return kind != Kind.OTHER;
    }
  }

  /**
   * A name with or without schema.
   *
   * @param table the name
   * @param start where it starts
   * @param end where it ends
   * @param next index of the token after it
   */
  record Found(TableName table, int start, int end, int next) {}

  int size() {
    return tokens.size();
  }

  Token token(int index) {
    return tokens.get(index);
  }

  boolean is(int index, String... words) {
    for (int i = 0; i < words.length; i++) {
      if (index + i >= tokens.size() || !tokens.get(index + i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  boolean isSymbol(int index, char symbol) {
    return index < tokens.size() && tokens.get(index).isSymbol(symbol);
  }

  /** Index of the first of these words at that depth at or after {@code from}, or -1. */
  int find(int from, int depth, Set<String> words) {
    for (int i = from; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.depth() == depth && token.kind() == Kind.WORD && words.contains(token.text())) {
        return i;
      }
    }
    return -1;
  }

  int find(int from, int depth, String word) {
    return find(from, depth, Set.of(word));
  }

  /** Index of the parenthesis that closes the one at {@code open}. */
  int closing(int open) {
    int depth = tokens.get(open).depth();
    int i = open + 1;
    while (i < tokens.size() - 1 && tokens.get(i).depth() > depth) {
      i++;
    }
    return i;
  }

  /** The name that starts at that token, null if there is none. */
  @Nullable Found name(int index) {
    if (index >= tokens.size() || !tokens.get(index).isName()) {
      return null;
    }
    Token first = tokens.get(index);
    boolean qualified =
        isSymbol(index + 1, '.') && index + 2 < tokens.size() && tokens.get(index + 2).isName();
    if (!qualified) {
      return new Found(new TableName(schema, first.text()), first.start(), first.end(), index + 1);
    }
    Token second = tokens.get(index + 2);
    return new Found(
        new TableName(first.text(), second.text()), first.start(), second.end(), index + 3);
  }

  /** The text from there up to there. */
  String text(int start, int end) {
    return sql.substring(start, end).strip();
  }

  /** The whole text without the semicolon that ends it. */
  String whole() {
    return before(sql.length());
  }

  /** The text up to there, without a semicolon at its end. */
  private String before(int end) {
    String text = sql.substring(0, end).stripTrailing();
    return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
  }

  private void scan() {
    int depth = 0;
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      int end = i + 1;
      if (Character.isWhitespace(c)) {
        i = end;
        continue;
      }
      Kind kind = Kind.OTHER;
      if (c == '"') {
        end = quoted(i, '"', false);
        kind = Kind.QUOTED_NAME;
      } else if (c == '\'') {
        end = quoted(i, '\'', false);
      } else if ((c == 'E' || c == 'e') && i + 1 < sql.length() && sql.charAt(i + 1) == '\'') {
        end = quoted(i + 1, '\'', true);
      } else if (c == '$') {
        end = dollar(i);
      } else if (startsWord(c)) {
        end = word(i);
        kind = Kind.WORD;
      }
      depth -= c == ')' ? 1 : 0;
      tokens.add(new Token(kind, content(kind, i, end), i, end, depth));
      depth += c == '(' ? 1 : 0;
      i = end;
    }
  }

  private String content(Kind kind, int start, int end) {
    return switch (kind) {
      case WORD -> sql.substring(start, end).toLowerCase(Locale.ROOT);
      case QUOTED_NAME -> sql.substring(start + 1, end - 1).replace("\"\"", "\"");
      case OTHER -> sql.substring(start, end);
    };
  }

  private static boolean startsWord(char c) {
    return Character.isLetter(c) || c == '_' || c > 0x7f;
  }

  private int word(int from) {
    int i = from;
    while (i < sql.length()
        && (startsWord(sql.charAt(i))
            || Character.isDigit(sql.charAt(i))
            || sql.charAt(i) == '$')) {
      i++;
    }
    return i;
  }

  private int quoted(int from, char quote, boolean escapes) {
    int i = from + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\\' && escapes) {
        i++;
      } else if (c == quote) {
        if (i + 1 >= sql.length() || sql.charAt(i + 1) != quote) {
          return i + 1;
        }
        i++;
      }
      i++;
    }
    return sql.length();
  }

  private int dollar(int from) {
    int tagEnd = from + 1;
    while (tagEnd < sql.length()
        && (startsWord(sql.charAt(tagEnd)) || Character.isDigit(sql.charAt(tagEnd)))) {
      tagEnd++;
    }
    if (tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
      return from + 1;
    }
    String tag = sql.substring(from, tagEnd + 1);
    int close = sql.indexOf(tag, tagEnd + 1);
    return close < 0 ? sql.length() : close + tag.length();
  }
}
