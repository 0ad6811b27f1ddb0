package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.ExchangeTable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table whose rows are exchanged, as the database has it.
 *
 * @param wanted as the backup has it
 * @param oid its number
 * @param partitioned whether its rows are in its partitions
 * @param tree numbers of itself and its partitions, the topmost first
 * @param key the columns of its primary key; empty if it has none
 * @param number its place in the request, for the names of temporary tables
 */
record LiveTable(
    ExchangeTable wanted,
    long oid,
    boolean partitioned,
    List<Long> tree,
    List<String> key,
    int number) {
  LiveTable {
    tree = List.copyOf(tree);
    key = List.copyOf(key);
  }

  /** Where its rows are, ready for FROM: those of tables that inherit from it are not its own. */
  String from() {
    return (partitioned ? "" : "ONLY ") + wanted.name().toSql();
  }

  /** The rows of the backup. */
  String rows() {
    return "pg_temp.conitrack_rows_" + number;
  }

  /** Which rows differ. */
  String changes() {
    return "pg_temp.conitrack_changes_" + number;
  }

  /** Its columns that hold data, commas between. */
  String columns() {
    return wanted.columns().stream()
        .map(column -> Sql.identifier(column.name()))
        .collect(Collectors.joining(", "));
  }

  /** All that a row holds, as text. */
  String rowText() {
    return text(wanted.columns().stream().map(ExchangeTable.Column::name).toList());
  }

  /** What tells a row apart, as text. */
  String keyText() {
    return key.isEmpty() ? rowText() : text(key);
  }

  private static String text(List<String> columns) {
    String list = columns.stream().map(Sql::identifier).collect(Collectors.joining(", "));
    return "(ROW(" + list + ")::text COLLATE pg_catalog.\"C\")";
  }
}
