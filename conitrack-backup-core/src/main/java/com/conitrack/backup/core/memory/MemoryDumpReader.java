package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loads what {@link MemoryDumpWriter} writes: one object's statements after the other, on top of
 * what is there. Anything else is a syntax error.
 */
final class MemoryDumpReader {
  private static final String PART = "(\"(?:[^\"]|\"\")*\"|[a-z_][a-z0-9_]*)";
  private static final String NAME = PART + "\\." + PART;
  private static final Pattern SETTING =
      Pattern.compile("SET \\w+ = .*;|SELECT pg_catalog\\.set_config\\(.*\\);");
  private static final Pattern SCHEMA = Pattern.compile("CREATE SCHEMA " + PART + ";");
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE " + NAME + " \\((.*)\n\\);", Pattern.DOTALL);
  private static final Pattern SEQUENCE = Pattern.compile("CREATE SEQUENCE " + NAME + ";");
  private static final Pattern COPY =
      Pattern.compile("COPY " + NAME + " \\((.*)\\) FROM stdin;", Pattern.DOTALL);
  private static final Pattern SETVAL =
      Pattern.compile(
          "SELECT pg_catalog\\.setval\\('(.*)', (-?\\d+), (true|false)\\);", Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile(PART + "(?: text)?");

  private final Iterator<String> lines;
  private MemoryContents contents;

  private MemoryDumpReader(String dump, MemoryContents contents) {
    this.lines = List.of(dump.split("\n", -1)).iterator();
    this.contents = contents;
  }

  /**
   * What a database holds after {@code dump} was loaded into one that holds {@code before}.
   *
   * @throws IllegalArgumentException if a statement fails, saying which and why
   */
  static MemoryContents load(String dump, MemoryContents before) {
    MemoryDumpReader reader = new MemoryDumpReader(dump, before);
    while (reader.lines.hasNext()) {
      String line = reader.lines.next();
      if (!line.isEmpty() && !line.startsWith("--")) {
        reader.execute(reader.wholeStatement(line));
      }
    }
    return reader.contents;
  }

  /** Names may hold line breaks and semicolons, so a statement ends outside of quotes only. */
  private String wholeStatement(String firstLine) {
    StringBuilder statement = new StringBuilder(firstLine);
    while (!isWhole(statement) && lines.hasNext()) {
      statement.append('\n').append(lines.next());
    }
    return statement.toString();
  }

  private static boolean isWhole(CharSequence statement) {
    boolean balanced = statement.chars().filter(each -> each == '"').count() % 2 == 0;
    return balanced && statement.charAt(statement.length() - 1) == ';';
  }

  private void execute(String statement) {
    Matcher found;
    if ((found = TABLE.matcher(statement)).matches()) {
      createTable(name(found.group(1), found.group(2)), columns(found.group(3)));
    } else if ((found = COPY.matcher(statement)).matches()) {
      copy(name(found.group(1), found.group(2)), columns(found.group(3)));
    } else if ((found = SEQUENCE.matcher(statement)).matches()) {
      TableName name = requireFree(name(found.group(1), found.group(2)));
      contents = contents.with(new SequenceValue(name, 1, false));
    } else if ((found = SETVAL.matcher(statement)).matches()) {
      setSequence(found);
    } else if (!SETTING.matcher(statement).matches() && !SCHEMA.matcher(statement).matches()) {
      throw new IllegalArgumentException("syntax error in '" + statement + "'");
    }
  }

  private void createTable(TableName name, List<String> columns) {
    contents = contents.with(requireFree(name), new MemoryTable(columns, List.of()));
  }

  private void copy(TableName name, List<String> columns) {
    MemoryTable table = contents.tables().get(name);
    if (table == null || !table.columns().equals(columns)) {
      throw new IllegalArgumentException("no table " + name + " with columns " + columns);
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.equals("\\.")) {
        contents = contents.with(name, table.plus(rows));
        return;
      }
      rows.add(CopyText.row(line, columns.size()));
    }
    throw new IllegalArgumentException("the rows of table " + name + " have no end");
  }

  private void setSequence(Matcher found) {
    Matcher quoted = Pattern.compile(NAME).matcher(found.group(1).replace("''", "'"));
    if (!quoted.matches()) {
      throw new IllegalArgumentException("not a sequence's name: " + found.group(1));
    }
    TableName name = name(quoted.group(1), quoted.group(2));
    if (!contents.sequences().containsKey(name)) {
      throw new IllegalArgumentException("there is no sequence " + name);
    }
    long value = Long.parseLong(found.group(2));
    contents = contents.with(new SequenceValue(name, value, found.group(3).equals("true")));
  }

  private TableName requireFree(TableName name) {
    if (contents.has(name)) {
      throw new IllegalArgumentException("relation " + name + " already exists");
    }
    return name;
  }

  private static List<String> columns(String list) {
    List<String> found = new ArrayList<>();
    Matcher each = COLUMN.matcher(list);
    while (each.find()) {
      found.add(unquoted(each.group(1)));
    }
    return found;
  }

  private static TableName name(String schema, String name) {
    return new TableName(unquoted(schema), unquoted(name));
  }

  private static String unquoted(String part) {
    return part.startsWith("\"")
        ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
        : part;
  }
}
