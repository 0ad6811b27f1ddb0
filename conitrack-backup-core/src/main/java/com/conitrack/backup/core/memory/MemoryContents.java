package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that a database in memory holds; immutable.
 *
 * @param tables its tables
 * @param sequences its sequences
 */
record MemoryContents(
    SortedMap<TableName, MemoryTable> tables, SortedMap<TableName, SequenceValue> sequences) {
  static final MemoryContents EMPTY = new MemoryContents(new TreeMap<>(), new TreeMap<>());

  MemoryContents {
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
  }

  /** This with {@code table} in place of the one of that name, or besides. */
  MemoryContents with(TableName name, MemoryTable table) {
    TreeMap<TableName, MemoryTable> changed = new TreeMap<>(tables);
    changed.put(name, table);
    return new MemoryContents(changed, sequences);
  }

  /** This with more rows in a table, if it is there. */
  MemoryContents plus(TableName name, List<List<@Nullable String>> rows) {
    MemoryTable table = tables.get(name);
    return table == null ? this : with(name, table.plus(rows));
  }

  MemoryContents with(SequenceValue sequence) {
    TreeMap<TableName, SequenceValue> changed = new TreeMap<>(sequences);
    changed.put(sequence.name(), sequence);
    return new MemoryContents(tables, changed);
  }

  MemoryContents without(TableName name) {
    TreeMap<TableName, MemoryTable> fewerTables = new TreeMap<>(tables);
    TreeMap<TableName, SequenceValue> fewerSequences = new TreeMap<>(sequences);
    fewerTables.remove(name);
    fewerSequences.remove(name);
    return new MemoryContents(fewerTables, fewerSequences);
  }

  boolean has(TableName name) {
    return tables.containsKey(name) || sequences.containsKey(name);
  }

  /** Schemas in use besides {@code public}, which every database has. */
  SortedSet<String> schemas() {
    SortedSet<String> found = new TreeSet<>();
    tables.keySet().forEach(name -> found.add(name.schema()));
    sequences.keySet().forEach(name -> found.add(name.schema()));
    found.remove("public");
    return found;
  }
}
