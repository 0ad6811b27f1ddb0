package com.conitrack.backup.core.model;

import java.util.List;

/**
 * Which part of a database a dump takes. Patterns are those of pg_dump's options of the same name
 * (PostgreSQL documentation, pg_dump, "Options"; psql, "Patterns").
 *
 * @param schemas {@code --schema}; empty means all
 * @param excludeSchemas {@code --exclude-schema}
 * @param tables {@code --table}; empty means all
 * @param excludeTables {@code --exclude-table}
 * @param excludeTableData {@code --exclude-table-data}: the table comes, its rows do not
 */
public record DumpScope(
    List<String> schemas,
    List<String> excludeSchemas,
    List<String> tables,
    List<String> excludeTables,
    List<String> excludeTableData) {
  /** The whole database. */
  public static final DumpScope ALL =
      new DumpScope(List.of(), List.of(), List.of(), List.of(), List.of());

  public DumpScope {
    schemas = List.copyOf(schemas);
    excludeSchemas = List.copyOf(excludeSchemas);
    tables = List.copyOf(tables);
    excludeTables = List.copyOf(excludeTables);
    excludeTableData = List.copyOf(excludeTableData);
  }

  /** Whether nothing is left out. */
  public boolean isWhole() {
    return equals(ALL);
  }
}
