package com.conitrack.backup.spring.properties;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a dump must hold.
 *
 * @param minimumTables Least number of tables.
 * @param requiredTables Each must be there.
 * @param minimumRows Least number of rows in all tables together, or by table.
 * @param greatestShrink The fraction by which all rows together may be fewer than in the last good
 *     backup.
 * @param greatestTableShrink The same for every table, or by table.
 * @param minimumStoredBytes Least size of the stored dump.
 */
public record ContentProperties(
    @Nullable Integer minimumTables,
    @Nullable List<String> requiredTables,
    @Nullable ByTable minimumRows,
    @Nullable String greatestShrink,
    @Nullable ByTable greatestTableShrink,
    @Nullable ByteSize minimumStoredBytes) {

  /** A value for all tables, under the empty name, or values by table. */
  public static final class ByTable extends TreeMap<String, String> {
    /** The name under which a value for all tables stands. */
    public static final String ALL = "";

    private static final long serialVersionUID = 1L;

    /** One value for all. */
    public static ByTable of(String value) {
      ByTable all = new ByTable();
      all.put(ALL, value);
      return all;
    }
  }
}
