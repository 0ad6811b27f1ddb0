package com.conitrack.backup.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text for people, wrapped at 100 columns. */
public final class Page {
  static final int WIDTH = 100;

  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f&&[^\n\t\033]]|\033(?!\\[[0-9;]*m)");
  private static final Pattern NUMBER = Pattern.compile("[\\d.,]+( [KMGTPE]?i?B)?");

  private final PrintStream stream;
  private final Style style;

  Page(PrintStream stream, Style style) {
    this.stream = stream;
    this.style = style;
  }

  /** Colours for what is written here. */
  public Style style() {
    return style;
  }

  /** One line, as it is. */
  public void line(String text) {
    stream.println(safe(text));
  }

  /** Lines as they are, the second and further ones indented like the first. */
  public void lines(String start, String text) {
    String indent = " ".repeat(Style.width(start));
    line(start + text.replace("\n", "\n" + indent));
  }

  /** An empty line. */
  public void gap() {
    stream.println();
  }

  /** A heading of what follows. */
  public void heading(String text) {
    line(style.strong(text));
  }

  /** A name and what there is to say about it, wrapped beside the name. */
  public void field(String name, String value) {
    String start = String.format("%-14s", name);
    wrapped(start, " ".repeat(14), value);
  }

  /** One of several things, wrapped. */
  public void item(String text) {
    wrapped("  - ", "    ", text);
  }

  /** Text that begins after {@code start} and goes on after {@code indent} on further lines. */
  public void wrapped(String start, String indent, String text) {
    String before = start;
    for (String paragraph : safe(text).split("\n", -1)) {
      for (String line : wrap(paragraph, WIDTH - Style.width(before), WIDTH - indent.length())) {
        stream.println(before + line);
        before = indent;
      }
    }
  }

  /** A table whose columns are as wide as their widest cell; the first row is its heading. */
  public void table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Style.width(row.get(i)));
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      String line = line(rows.get(i), widths);
      line(i == 0 ? style.strong(line) : line);
    }
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      String room = " ".repeat(widths[i] - Style.width(cell));
      line.append(NUMBER.matcher(cell).matches() ? room + cell : cell + room).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static List<String> wrap(String text, int firstWidth, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      int room = lines.isEmpty() ? firstWidth : width;
      if (!line.isEmpty() && Style.width(line.toString()) + 1 + Style.width(word) > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Names come from databases and files: none may steer the terminal but by its colours. */
  private static String safe(String text) {
    return CONTROL.matcher(text).replaceAll("\uFFFD");
  }
}
