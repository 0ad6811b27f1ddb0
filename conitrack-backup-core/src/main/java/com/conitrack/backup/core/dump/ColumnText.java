package com.conitrack.backup.core.dump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns in the text of statements, which is taken byte by byte (ISO 8859-1). */
final class ColumnText {
  private static final String NAME = "(?:\"(?:[^\"]|\"\")++\"|[\\w$\\x80-\\xff]++)";
  private static final Pattern DEFINES =
      Pattern.compile("CREATE (?:UNLOGGED TABLE|FOREIGN TABLE|TABLE|TYPE|DOMAIN) ");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?:^(?: {4}|\t)"
              + NAME
              + " |^CREATE DOMAIN "
              + NAME
              + "\\."
              + NAME
              + " AS )"
              + "("
              + NAME
              + "\\."
              + NAME
              + ")",
          Pattern.MULTILINE);
  private static final Pattern INHERITING =
      Pattern.compile("\\ACREATE [^(]*\\(\n(.+)\n\\)\nINHERITS \\(", Pattern.DOTALL);

  private ColumnText() {}

  /** The types with a schema that a statement gives to columns, as they are written. */
  static List<String> types(String statement) {
    List<String> found = new ArrayList<>();
    if (DEFINES.matcher(statement).lookingAt()) {
      Matcher type = TYPE.matcher(statement);
      while (type.find()) {
        found.add(type.group(1));
      }
    }
    return found;
  }

  /**
   * The definition of an inheriting table with its lines sorted; anything else as it is, and also
   * one in which what is defined may go on in the next line.
   */
  static String sorted(String create) {
    Matcher body = INHERITING.matcher(create);
    if (!body.lookingAt()) {
      return create;
    }
    String[] lines = body.group(1).split("\n");
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].startsWith("    ") || cuts(lines[i], '\'') || cuts(lines[i], '"')) {
        return create;
      }
      lines[i] = lines[i].endsWith(",") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
    }
    Arrays.sort(lines);
    return create.substring(0, body.start(1))
        + String.join(",\n", lines)
        + create.substring(body.end(1));
  }

  private static boolean cuts(String line, char quote) {
    return line.chars().filter(c -> c == quote).count() % 2 != 0;
  }
}
