package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.ExchangeTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables of a backup that are chosen, partitions under the topmost table they are part of. */
final class InPlaceTables {
  private final Map<TableName, BackupTable> chosen = new LinkedHashMap<>();

  InPlaceTables(List<BackupTable> tables) {
    tables.forEach(table -> chosen.put(table.name(), table));
  }

  /** All of them, partitions too. */
  Set<TableName> names() {
    return chosen.keySet();
  }

  List<ExchangeTable> wanted() {
    Map<TableName, List<TableName>> parts = new LinkedHashMap<>();
    for (BackupTable table : chosen.values()) {
      TableName top = top(table).name();
      List<TableName> below = parts.computeIfAbsent(top, any -> new ArrayList<>());
      if (!top.equals(table.name())) {
        below.add(table.name());
      }
    }
    return parts.entrySet().stream()
        .map(each -> new ExchangeTable(each.getKey(), each.getValue(), columns(each.getKey())))
        .toList();
  }

  /** A table that merely inherits has rows of its own. */
  private BackupTable top(BackupTable table) {
    for (TableName parent : table.parents()) {
      BackupTable above = chosen.get(parent);
      if (above != null && above.partitionKey() != null) {
        return top(above);
      }
    }
    return table;
  }

  private List<ExchangeTable.Column> columns(TableName name) {
    BackupTable table = chosen.get(name);
    return table == null
        ? List.of()
        : table.columns().stream()
            .filter(column -> column.generated() == null)
            .map(column -> new ExchangeTable.Column(column.name(), column.type()))
            .toList();
  }
}
