package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.SideTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How tables of a backup are made beside: with their columns, types and data, constraints that hold
 * among themselves and indexes; without defaults, triggers, privileges, policies and what ties them
 * to tables that stay behind.
 */
final class SideDesign {
  private static final int LONGEST_NAME = 63;

  private final List<BackupTable> tables;
  private final Map<TableName, TableName> names = new HashMap<>();

  SideDesign(String schema, List<BackupTable> tables) {
    this.tables = tables;
    Map<String, Long> sameName =
        tables.stream()
            .collect(Collectors.groupingBy(each -> each.name().name(), Collectors.counting()));
    Set<String> taken = new HashSet<>();
    for (BackupTable table : tables) {
      String name = table.name().name();
      if (sameName.getOrDefault(name, 0L) > 1) {
        name = withSchema(table.name(), taken);
      }
      taken.add(name);
      names.put(table.name(), new TableName(schema, name));
    }
  }

  /** Names that two schemas have in common tell the schema too. */
  private static String withSchema(TableName table, Set<String> taken) {
    String name = table.schema() + "." + table.name();
    for (int number = 1; taken.contains(name) || isTooLong(name); number++) {
      name = cut(number + "." + table.schema() + "." + table.name());
    }
    return name;
  }

  private static String cut(String name) {
    String start = name;
    while (isTooLong(start)) {
      start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
    }
    return start;
  }

  private static boolean isTooLong(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
  }

  /** What one of them is called beside. */
  TableName beside(TableName table) {
    return Objects.requireNonNull(names.get(table));
  }

  /** What each table is called beside. */
  Map<TableName, TableName> names() {
    return names;
  }

  List<SideTable> tables() {
    return tables.stream()
        .map(
            table -> {
              TableName side = beside(table.name());
              return new SideTable(table.name(), side, definitions(table, side));
            })
        .toList();
  }

  /** As the backup has it; failing that, of its columns and types alone. */
  private static List<String> definitions(BackupTable table, TableName side) {
    String start = "CREATE TABLE " + side.toSql() + " (";
    String partitions = table.partitionKey() == null ? "" : " PARTITION BY " + table.partitionKey();
    List<BackupColumn> own =
        table.columns().stream().filter(column -> column.generated() == null).toList();
    return List.of(
        start + list(table.columns(), BackupColumn::definition) + ")" + partitions,
        start + list(own, BackupColumn::bare) + ")");
  }

  private static String list(List<BackupColumn> columns, Function<BackupColumn, String> text) {
    return columns.stream().map(text).collect(Collectors.joining(", "));
  }

  /** What makes them complete once the rows are there, in order. */
  List<String> further() {
    Map<TableName, String> sql =
        names.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toSql()));
    List<Template> templates = new ArrayList<>();
    tables.forEach(table -> templates.addAll(table.further()));
    templates.sort(Comparator.comparing(Template::order));
    return templates.stream().flatMap(each -> each.with(sql).stream()).distinct().toList();
  }

  /** What ties them to tables that stay behind, and is therefore left out. */
  List<String> leftBehind() {
    return tables.stream()
        .flatMap(table -> table.further().stream())
        .flatMap(each -> each.tables().stream())
        .filter(table -> !names.containsKey(table))
        .distinct()
        .map(table -> "what ties them to " + table + " is left out")
        .toList();
  }
}
