package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.TableName;
import java.util.List;

/**
 * A table to be made beside.
 *
 * @param source the table in the backup
 * @param table what it is called beside
 * @param definitions {@code CREATE TABLE} statements to be tried in this order, at least one
 */
public record SideTable(TableName source, TableName table, List<String> definitions) {
  public SideTable {
    definitions = List.copyOf(definitions);
  }
}
