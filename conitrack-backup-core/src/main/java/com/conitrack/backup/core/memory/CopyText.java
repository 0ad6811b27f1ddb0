package com.conitrack.backup.core.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as COPY writes them (PostgreSQL documentation, COPY, "Text Format"). */
final class CopyText {
  private static final String RAW = "\\\b\f\n\r\t\u000B";
  private static final String LETTERS = "\\bfnrtv";

  private CopyText() {}

  static String line(List<@Nullable String> row) {
    return row.stream()
        .map(value -> value == null ? "\\N" : escape(value))
        .collect(Collectors.joining("\t"));
  }

  static List<@Nullable String> row(String line, int columns) {
    List<@Nullable String> row = new ArrayList<>();
    if (columns == 0 && line.isEmpty()) {
      return row;
    }
    for (String field : line.split("\t", -1)) {
      row.add(field.equals("\\N") ? null : unescape(field));
    }
    return row;
  }

  private static String escape(String value) {
    StringBuilder text = new StringBuilder();
    for (char each : value.toCharArray()) {
      int special = RAW.indexOf(each);
      if (special < 0) {
        text.append(each);
      } else {
        text.append('\\').append(LETTERS.charAt(special));
      }
    }
    return text.toString();
  }

  private static String unescape(String field) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char each = field.charAt(i);
      if (each == '\\' && i + 1 < field.length()) {
        char letter = field.charAt(++i);
        int special = LETTERS.indexOf(letter);
        value.append(special < 0 ? letter : RAW.charAt(special));
      } else {
        value.append(each);
      }
    }
    return value.toString();
  }
}
