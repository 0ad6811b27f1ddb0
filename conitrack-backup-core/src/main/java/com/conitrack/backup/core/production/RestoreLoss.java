package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What would be lost by a restore.
 *
 * @param from when the backup was begun: what was written since is not in it
 * @param to when the database was compared with it
 * @param tables tables that differ, by name; all others are row for row the same
 * @param tablesEqual how many tables are the same
 * @param others what else differs: sequences, large objects, the schema
 * @param contentsNow digest that stands for what the database held when it was compared
 */
public record RestoreLoss(
    Instant from,
    Instant to,
    List<TableLoss> tables,
    int tablesEqual,
    List<String> others,
    Sha256 contentsNow) {
  public RestoreLoss {
    tables = List.copyOf(tables);
    others = List.copyOf(others);
  }

  /** How old the backup's data is. */
  public Duration age() {
    return Duration.between(from, to);
  }

  /** Rows that would be lost, as far as they were counted. */
  public long rowsLost() {
    return tables.stream().map(TableLoss::onlyNow).mapToLong(rows -> rows == null ? 0 : rows).sum();
  }

  /** Whether every table that differs was compared row by row. */
  public boolean counted() {
    return tables.stream().allMatch(table -> table.onlyNow() != null);
  }
}
