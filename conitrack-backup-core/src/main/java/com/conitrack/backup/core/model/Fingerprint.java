package com.conitrack.backup.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a dump contains, taken from its bytes as they pass. Two databases with equal fingerprints
 * hold the same rows in every table, the same sequences and large objects, under the same schema.
 *
 * @param tables one for every table, ordered by name
 * @param sequences one for every sequence the dump sets, ordered by name
 * @param largeObjects all large objects
 * @param objects number of {@code CREATE} statements by kind in lower case, such as {@code
 *     materialized view}
 * @param schema digest of all statements but those that carry rows, sequence values and large
 *     objects, and but comments and psql's {@code \restrict} lines
 */
public record Fingerprint(
    List<TableFingerprint> tables,
    List<SequenceValue> sequences,
    LargeObjects largeObjects,
    SortedMap<String, Integer> objects,
    Sha256 schema) {

  public Fingerprint {
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
  }

  /** Rows of all tables together, each counted once. */
  public long rows() {
    return tables.stream().mapToLong(TableFingerprint::rows).sum();
  }

  /** The table of that name, if the dump has it. */
  public Optional<TableFingerprint> table(TableName name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /**
   * Where {@code other} differs from this: one line per difference, this one's value first; empty
   * if and only if the two are equal.
   */
  public List<String> differencesTo(Fingerprint other) {
    List<String> found = new ArrayList<>();
    compare(
        found,
        "table",
        byName(tables, TableFingerprint::name),
        byName(other.tables, TableFingerprint::name),
        Fingerprint::tell);
    compare(
        found,
        "sequence",
        byName(sequences, SequenceValue::name),
        byName(other.sequences, SequenceValue::name),
        s -> s.value() + (s.called() ? "" : " (not yet called)"));
    if (!largeObjects.equals(other.largeObjects)) {
      found.add("large objects: " + tell(largeObjects) + ", but " + tell(other.largeObjects));
    }
    compare(found, "number of objects of kind", objects, other.objects, String::valueOf);
    if (!schema.equals(other.schema)) {
      found.add("schema: digest " + schema + ", but " + other.schema);
    }
    return List.copyOf(found);
  }

  private static String tell(TableFingerprint table) {
    return table.rows()
        + " rows with digest "
        + table.sha256()
        + " ("
        + table.kind()
        + ", "
        + table.totalRows()
        + " in all)";
  }

  private static String tell(LargeObjects objects) {
    return objects.count() + " with digest " + objects.sha256();
  }

  private static <T> Map<TableName, T> byName(List<T> values, Function<T, TableName> name) {
    return values.stream()
        .collect(Collectors.toMap(name, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  private static <K extends Comparable<K>, T> void compare(
      List<String> found, String what, Map<K, T> here, Map<K, T> there, Function<T, String> tell) {
    TreeMap<K, T> all = new TreeMap<>(there);
    all.putAll(here);
    for (K name : all.keySet()) {
      T left = here.get(name);
      T right = there.get(name);
      if (left == null) {
        found.add(what + " " + name + ": not expected, but there");
      } else if (right == null) {
        found.add(what + " " + name + ": expected, but missing");
      } else if (!left.equals(right)) {
        found.add(what + " " + name + ": " + tell.apply(left) + ", but " + tell.apply(right));
      }
    }
  }
}
