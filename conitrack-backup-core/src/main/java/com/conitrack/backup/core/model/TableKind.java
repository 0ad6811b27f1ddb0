package com.conitrack.backup.core.model;

/** What kind of relation a dump declares under a table's name. */
public enum TableKind {
  /** An ordinary table; also a partition, which holds rows of its own. */
  TABLE,
  /** A partitioned table: its rows are those of its partitions. */
  PARTITIONED,
  /** Declared with {@code UNLOGGED}. */
  UNLOGGED,
  /** A foreign table: the rows live on another server and are not in the dump. */
  FOREIGN,
  /** Rows for a table that an extension, not the dump, creates (its configuration data). */
  EXTENSION
}
