package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the dump defines it.
 *
 * @param name the table
 * @param columns its columns in the order of its rows, inherited ones among them
 * @param rowColumns the columns of its rows; null if the dump holds no rows of it, not even none
 * @param parents the tables it is a partition of or inherits from
 * @param partitionKey what follows {@code PARTITION BY}, null if it is not partitioned
 * @param foreign whether its rows live elsewhere
 * @param further statements that make constraints, indexes and belongings of it, as templates
 */
record BackupTable(
    TableName name,
    List<BackupColumn> columns,
    @Nullable List<String> rowColumns,
    List<TableName> parents,
    @Nullable String partitionKey,
    boolean foreign,
    List<Template> further) {
  BackupTable {
    columns = List.copyOf(columns);
    parents = List.copyOf(parents);
    further = List.copyOf(further);
  }
}
