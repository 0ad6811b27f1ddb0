package com.conitrack.backup.core.model;

/**
 * What a dump holds of one table.
 *
 * @param name the table
 * @param kind how the dump declares it
 * @param rows rows in the dump for this table itself: {@code SELECT count(*) FROM ONLY}
 * @param totalRows with those of its partitions and inheriting tables: {@code SELECT count(*) FROM}
 * @param sha256 digest of the table's own rows, as they stand in the dump (see {@code
 *     docs/formats.md})
 */
public record TableFingerprint(
    TableName name, TableKind kind, long rows, long totalRows, Sha256 sha256) {
  public TableFingerprint {
    if (rows < 0 || totalRows < rows) {
      throw new IllegalArgumentException(
          "impossible row counts for " + name + ": " + rows + " of " + totalRows);
    }
  }
}
