package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.TableName;
import java.util.List;

/**
 * How a dump was taken, as its statements show. What pg_dump writes without further options creates
 * objects, copies rows, and names owners.
 *
 * @param ofWholeInstance it was made by pg_dumpall: it creates databases and roles
 * @param creates it creates objects; without {@code --data-only}
 * @param copies it brings rows, or tables without any, by {@code COPY}
 * @param inserts it brings rows by {@code INSERT}
 * @param keys it creates indexes or adds constraints to tables: pg_dump's section post-data
 * @param clears it drops objects before it creates them: {@code --clean}
 * @param owners it names owners: without {@code --no-owner}
 * @param carriageReturns its lines end with carriage return and line feed: a text-mode transfer has
 *     changed it
 * @param withoutRows tables that it creates and has no rows for, not even none: {@code
 *     --exclude-table-data}, or {@code --schema-only}
 * @param rootsOfRows partitioned tables that rows of their partitions come by way of, as with
 *     {@code --load-via-partition-root}; none that pg_dump would load so unasked
 */
public record DumpTraits(
    boolean ofWholeInstance,
    boolean creates,
    boolean copies,
    boolean inserts,
    boolean keys,
    boolean clears,
    boolean owners,
    boolean carriageReturns,
    List<TableName> withoutRows,
    List<TableName> rootsOfRows) {

  public DumpTraits {
    withoutRows = List.copyOf(withoutRows);
    rootsOfRows = List.copyOf(rootsOfRows);
  }
}
