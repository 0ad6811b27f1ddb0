package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.TableName;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a dump contains, whatever the order of columns in tables that inherit: a dump makes such a
 * table with the columns of its parents first, so that one whose parent was given columns later
 * comes back in another order than it had.
 *
 * @param contents the fingerprint, in which inheriting tables have their columns in the order of
 *     their names; to be compared only with others of this kind
 * @param columns the columns of each inheriting table that the dump has rows of, in its order
 * @param columnTypes types with a schema that columns have, which may be the rows of tables
 */
public record NamedContents(
    Fingerprint contents, SortedMap<TableName, List<String>> columns, Set<TableName> columnTypes) {

  public NamedContents {
    columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
    columnTypes = Set.copyOf(columnTypes);
  }
}
