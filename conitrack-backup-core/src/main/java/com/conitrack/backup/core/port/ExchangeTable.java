package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.TableName;
import java.util.List;

/**
 * A table whose rows are to be exchanged, as the backup knows it.
 *
 * @param name the table; of a partitioned one the topmost
 * @param parts its partitions, whose rows are its own
 * @param columns those that hold data, not those that are computed
 */
public record ExchangeTable(TableName name, List<TableName> parts, List<Column> columns) {
  public ExchangeTable {
    parts = List.copyOf(parts);
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param name its name, as the server's catalogue spells it
   * @param type its type, as the server writes types
   */
  public record Column(String name, String type) {}
}
