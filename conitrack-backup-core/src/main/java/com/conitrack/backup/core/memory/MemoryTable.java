package com.conitrack.backup.core.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of texts; immutable.
 *
 * @param columns names of its columns
 * @param rows its rows, each as long as {@code columns}; null is NULL
 */
record MemoryTable(List<String> columns, List<List<@Nullable String>> rows) {
  MemoryTable {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(new ArrayList<>(rows));
  }

  /** This with more rows. */
  MemoryTable plus(List<List<@Nullable String>> added) {
    List<List<@Nullable String>> all = new ArrayList<>(rows);
    for (List<@Nullable String> row : added) {
      all.add(checked(row));
    }
    return new MemoryTable(columns, all);
  }

  /** A copy of {@code row} if it has a value for each column. */
  List<@Nullable String> checked(List<@Nullable String> row) {
    if (row.size() != columns.size()) {
      throw new IllegalArgumentException(
          row.size() + " values for the " + columns.size() + " columns " + columns);
    }
    return Collections.unmodifiableList(new ArrayList<>(row));
  }
}
