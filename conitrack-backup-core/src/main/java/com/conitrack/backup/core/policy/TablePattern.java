package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tables a rule speaks of, as people write them: {@code lotes} in whatever schema, or {@code
 * public.lotes}. Names are compared exactly as the server's catalogue spells them, case included. A
 * {@code *} stands for any characters. A part in double quotes is taken literally: {@code
 * "odd.name"}, with {@code ""} for a quote in it.
 */
public final class TablePattern {
  private static final String PART = "(?:[^\".]+|\"(?:[^\"]|\"\")+\")";
  private static final Pattern FORM = Pattern.compile("(?:(" + PART + ")\\.)?(" + PART + ")");

  private final @Nullable Pattern schema;
  private final Pattern name;

  private TablePattern(@Nullable Pattern schema, Pattern name) {
    this.schema = schema;
    this.name = name;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if {@code text} is neither {@code table} nor {@code
   *     schema.table}
   */
  public static TablePattern parse(String text) {
    var parts = FORM.matcher(text);
    if (text.isBlank() || !parts.matches()) {
      throw new IllegalArgumentException("not a table: '" + text + "'");
    }
    String schema = parts.group(1);
    return new TablePattern(schema == null ? null : compile(schema), compile(parts.group(2)));
  }

  /** Whether that table is meant. */
  public boolean matches(TableName table) {
    return name.matcher(table.name()).matches()
        && (schema == null || schema.matcher(table.schema()).matches());
  }

  private static Pattern compile(String part) {
    if (part.startsWith("\"")) {
      String literal = part.substring(1, part.length() - 1).replace("\"\"", "\"");
      return Pattern.compile(Pattern.quote(literal));
    }
    List<String> literals = new ArrayList<>();
    for (String literal : part.split("\\*", -1)) {
      literals.add(Pattern.quote(literal));
    }
    return Pattern.compile(String.join(".*", literals), Pattern.DOTALL);
  }
}
