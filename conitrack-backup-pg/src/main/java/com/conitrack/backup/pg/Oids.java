package com.conitrack.backup.pg;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Numbers of tables, as one parameter: {@code string_to_array(?, ',')::oid[]}. */
final class Oids {
  private Oids() {}

  /** Of the tables and their partitions. */
  static String of(List<LiveTable> tables) {
    return join(tables.stream().flatMap(table -> table.tree().stream()).toList());
  }

  static String join(Collection<Long> oids) {
    return oids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
