package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.TableName;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Names as pg_dump writes them: quoted only where they need it. */
final class SqlNames {
  /** PostgreSQL documentation, "SQL Key Words": those that cannot name a table or a column. */
  private static final Set<String> RESERVED =
      Set.of(
          """
          all analyse analyze and any array as asc asymmetric authorization binary both case cast \
          check collate collation column concurrently constraint create cross current_catalog \
          current_date current_role current_schema current_time current_timestamp current_user \
          default deferrable desc distinct do else end except false fetch for foreign freeze from \
          full grant group having ilike in initially inner intersect into is isnull join lateral \
          leading left like limit localtime localtimestamp natural not notnull null offset on only \
          or order outer overlaps placing primary references returning right select session_user \
          similar some symmetric table tablesample then to trailing true union unique user using \
          variadic verbose when where window with\
          """
              .split(" "));

  private SqlNames() {}

  static String quoted(String name) {
    boolean plain = name.matches("[a-z_][a-z0-9_]*") && !RESERVED.contains(name);
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quoted(TableName name) {
    return quoted(name.schema()) + "." + quoted(name.name());
  }

  /** All of them, separated by commas. */
  static String quoted(Collection<String> names) {
    return names.stream().map(SqlNames::quoted).collect(Collectors.joining(", "));
  }
}
