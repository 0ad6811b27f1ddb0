package com.conitrack.backup.core.model;

import java.util.Comparator;

/**
 * A table (or sequence) by its schema and name, exactly as the server's catalogue spells them:
 * unquoted, any character allowed.
 *
 * @param schema the schema's name
 * @param name the table's own name
 */
public record TableName(String schema, String name) implements Comparable<TableName> {
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::schema).thenComparing(TableName::name);

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  /** Both parts quoted, ready for a statement: {@code "public"."Órden"}. */
  public String toSql() {
    return quote(schema) + "." + quote(name);
  }

  /** For people: a part is quoted only where it is not a plain lower-case word. */
  @Override
  public String toString() {
    return quoteIfOdd(schema) + "." + quoteIfOdd(name);
  }

  private static String quoteIfOdd(String identifier) {
    return identifier.matches("[a-z_][a-z0-9_]*") ? identifier : quote(identifier);
  }

  private static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
