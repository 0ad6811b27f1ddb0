package com.conitrack.backup.pg;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The foreign keys from tables and to them. They cannot be kept from firing by their owner: actions
 * such as {@code ON DELETE CASCADE} are carried out even where checks are deferred (PostgreSQL
 * documentation, "CREATE TABLE"). So they are dropped, and made again as they were, which checks
 * every row.
 */
final class ForeignKeys {
  private static final String KEYS =
      """
      SELECT c.conrelid, c.confrelid, c.conrelid::regclass::text, c.confrelid::regclass::text, c.conname,
             pg_catalog.pg_get_constraintdef(c.oid), pg_catalog.obj_description(c.oid, 'pg_constraint'), c.convalidated,
             (SELECT array_agg(a.attname::text ORDER BY k.o) FROM unnest(c.conkey) WITH ORDINALITY k (n, o)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n),
             (SELECT array_agg(a.attname::text ORDER BY k.o) FROM unnest(c.confkey) WITH ORDINALITY k (n, o)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n),
             (SELECT array_agg('OPERATOR(' || quote_ident(n.nspname) || '.' || o.oprname || ')' ORDER BY k.o)
                FROM unnest(c.conpfeqop) WITH ORDINALITY k (id, o) JOIN pg_catalog.pg_operator o ON o.oid = k.id
                JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace),
             pg_catalog.pg_has_role(r.relowner, 'USAGE'), pg_catalog.has_table_privilege(c.confrelid, 'REFERENCES'),
             r.relkind = 'p', f.relkind = 'p', coalesce(pg_catalog.to_jsonb(c) ->> 'conperiod', 'false') = 'true'
        FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_class r ON r.oid = c.conrelid
        JOIN pg_catalog.pg_class f ON f.oid = c.confrelid
       WHERE c.contype = 'f' AND c.conparentid = 0 AND (c.conrelid = ANY (string_to_array(?, ',')::oid[])
             OR c.confrelid = ANY (string_to_array(?, ',')::oid[]))
       ORDER BY 3, 5
      """;

  private static final int MOST_ROWS = 5;

  private final TableSession session;
  private final List<LiveTable> tables;
  private final List<ForeignKey> keys;

  ForeignKeys(TableSession session, List<LiveTable> tables) {
    this.session = session;
    this.tables = tables;
    String oids = Oids.of(tables);
    this.keys = session.list(KEYS, ForeignKeys::read, oids, oids);
  }

  private record End(
      long oid, String table, List<String> columns, boolean partitioned, boolean permitted) {
    String sql() {
      return (partitioned ? "" : "ONLY ") + table;
    }
  }

  private record ForeignKey(
      String name,
      End from,
      End to,
      String definition,
      @Nullable String comment,
      boolean validated,
      boolean temporal,
      List<String> operators) {}

  private static ForeignKey read(ResultSet row) throws SQLException {
    return new ForeignKey(
        row.getString(5),
        new End(
            row.getLong(1), row.getString(3), list(row, 9), row.getBoolean(14), row.getBoolean(12)),
        new End(
            row.getLong(2),
            row.getString(4),
            list(row, 10),
            row.getBoolean(15),
            row.getBoolean(13)),
        row.getString(6),
        row.getString(7),
        row.getBoolean(8),
        row.getBoolean(16),
        list(row, 11));
  }

  private static List<String> list(ResultSet row, int column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  List<String> told() {
    return keys.stream()
        .map(key -> key.name() + " of " + key.from().table() + " to " + key.to().table())
        .toList();
  }

  /** What forbids dropping them and making them again. */
  List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    for (ForeignKey key : keys) {
      if (!key.from().permitted()) {
        obstacles.add(
            "foreign key %s of %s has to be dropped and made again, and that table belongs to somebody else: connect as its owner"
                .formatted(key.name(), key.from().table()));
      }
      if (!key.to().permitted()) {
        obstacles.add(
            "foreign key %s of %s has to be made again: GRANT REFERENCES ON %s"
                .formatted(key.name(), key.from().table(), key.to().table()));
      }
    }
    return obstacles;
  }

  /** All tables at both ends, and the tables themselves. */
  Set<Long> touched() {
    Set<Long> oids = new HashSet<>();
    tables.forEach(table -> oids.addAll(table.tree()));
    for (ForeignKey key : keys) {
      oids.add(key.from().oid());
      oids.add(key.to().oid());
    }
    return oids;
  }

  /** Tables whose rows refer to those that are exchanged, or are exchanged, ready for LOCK. */
  List<String> toLock() {
    Set<String> names = new TreeSet<>();
    tables.forEach(table -> names.add(table.from()));
    keys.forEach(key -> names.add(key.from().sql()));
    return List.copyOf(names);
  }

  /** Which of those that concern these tables would be broken, a sentence each. */
  List<String> violations(List<LiveTable> changed) {
    List<String> violations = new ArrayList<>();
    for (ForeignKey key : of(changed)) {
      String from = future(key.from());
      String to = future(key.to());
      if (from != null && to != null && key.validated() && !key.temporal()) {
        tell(key, dangling(key, from, to), violations);
      }
    }
    return violations;
  }

  /**
   * Where the rows will be those that there are now, or else those of the backup; null: unclear.
   */
  private @Nullable String future(End end) {
    for (LiveTable table : tables) {
      if (table.oid() == end.oid()) {
        return table.rows();
      }
      if (table.tree().contains(end.oid())) {
        return null;
      }
    }
    return end.sql();
  }

  private List<String> dangling(ForeignKey key, String from, String to) {
    List<String> columns = key.from().columns().stream().map(Sql::identifier).toList();
    String present =
        columns.stream().map(c -> "r." + c + " IS NOT NULL").collect(Collectors.joining(" AND "));
    String equal =
        IntStream.range(0, columns.size())
            .mapToObj(
                i ->
                    "f."
                        + Sql.identifier(key.to().columns().get(i))
                        + " "
                        + key.operators().get(i)
                        + " r."
                        + columns.get(i))
            .collect(Collectors.joining(" AND "));
    String values = columns.stream().map(c -> "r." + c).collect(Collectors.joining(", "));
    return session.list(
        "SELECT DISTINCT ROW(%s)::text FROM %s AS r WHERE %s AND NOT EXISTS (SELECT 1 FROM %s AS f WHERE %s) LIMIT %d"
            .formatted(values, from, present, to, equal, MOST_ROWS + 1),
        row -> row.getString(1));
  }

  private static void tell(ForeignKey key, List<String> rows, List<String> violations) {
    if (!rows.isEmpty()) {
      violations.add(
          "foreign key %s: rows of %s refer to %s of %s, which would not be there%s: choose that table too, or put the rows in order first"
              .formatted(
                  key.name(),
                  key.from().table(),
                  String.join(", ", rows.subList(0, Math.min(MOST_ROWS, rows.size()))),
                  key.to().table(),
                  rows.size() > MOST_ROWS ? " (and to more)" : ""));
    }
  }

  private List<ForeignKey> of(List<LiveTable> some) {
    Set<Long> oids = new HashSet<>();
    some.forEach(table -> oids.addAll(table.tree()));
    return keys.stream()
        .filter(key -> oids.contains(key.from().oid()) || oids.contains(key.to().oid()))
        .toList();
  }

  void drop(List<LiveTable> changed) {
    for (ForeignKey key : of(changed)) {
      session.execute(
          "ALTER TABLE " + key.from().table() + " DROP CONSTRAINT " + Sql.identifier(key.name()));
    }
  }

  void create(List<LiveTable> changed) {
    for (ForeignKey key : of(changed)) {
      String name = Sql.identifier(key.name());
      String table = key.from().table();
      session.execute("ALTER TABLE " + table + " ADD CONSTRAINT " + name + " " + key.definition());
      String comment = key.comment();
      if (comment != null) {
        session.execute(
            "COMMENT ON CONSTRAINT " + name + " ON " + table + " IS " + Sql.literal(comment));
      }
    }
  }
}
