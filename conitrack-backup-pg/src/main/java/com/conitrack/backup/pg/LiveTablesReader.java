package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.ExchangeTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks tables up whose rows are to be exchanged, and for what forbids it. Used once. */
final class LiveTablesReader {
  private static final String TABLE =
      """
      SELECT c.oid, c.relkind::text, c.relispartition,
             (SELECT i.inhparent::regclass::text FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid LIMIT 1)
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ?
      """;

  private static final String TREE =
      """
      SELECT c.oid, c.oid::regclass::text, c.relkind::text, pg_catalog.pg_has_role(c.relowner, 'USAGE'),
             c.relforcerowsecurity AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = current_user),
             EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite w WHERE w.ev_class = c.oid)
        FROM (SELECT %1$d::oid AS relid, 0 AS level UNION
              SELECT relid, level FROM pg_catalog.pg_partition_tree(%1$d::regclass)) t
        JOIN pg_catalog.pg_class c ON c.oid = t.relid
       ORDER BY t.level, c.oid
      """;

  private static final String COLUMNS =
      """
      SELECT attname, pg_catalog.format_type(atttypid, atttypmod) FROM pg_catalog.pg_attribute
       WHERE attrelid = %d AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
      """;

  private static final String KEY =
      """
      SELECT a.attname FROM pg_catalog.pg_index i
       CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
       WHERE i.indrelid = %d AND i.indisprimary AND i.indisvalid AND k.place <= i.indnkeyatts ORDER BY k.place
      """;

  private final TableSession session;
  private final List<String> obstacles = new ArrayList<>();
  private final List<LiveTable> tables = new ArrayList<>();

  LiveTablesReader(TableSession session) {
    this.session = session;
  }

  private record Found(long oid, String kind, boolean partition, String parent) {}

  private record Part(
      long oid, String name, String kind, boolean owned, boolean forced, boolean rules) {}

  /** Those that nothing forbids. */
  List<LiveTable> tables() {
    return List.copyOf(tables);
  }

  /** What forbids it, a sentence each. */
  List<String> obstacles() {
    return List.copyOf(obstacles);
  }

  LiveTablesReader read(List<ExchangeTable> wanted) {
    wanted.forEach(this::read);
    if (!session
        .list(
            "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMP')",
            row -> row.getBoolean(1))
        .get(0)) {
      obstacles.add(
          "the user may not make temporary tables, in which rows are compared: GRANT TEMPORARY ON"
              + " DATABASE");
    }
    return this;
  }

  private void read(ExchangeTable wanted) {
    TableName name = wanted.name();
    List<Found> found =
        session.list(
            TABLE,
            row ->
                new Found(
                    row.getLong(1), row.getString(2), row.getBoolean(3), "" + row.getString(4)),
            name.schema(),
            name.name());
    if (found.isEmpty()) {
      obstacles.add(
          "table %s is not in the database any more: restore it beside with 'restore-tables'"
              .formatted(name));
      return;
    }
    Found table = found.get(0);
    if (table.partition()) {
      obstacles.add(
          "table %s is a partition of %s: choose that, its rows go to where they belong"
              .formatted(name, table.parent()));
    } else if (!table.kind().equals("r") && !table.kind().equals("p")) {
      obstacles.add("%s is no table any more: restore it beside".formatted(name));
    } else {
      read(wanted, table);
    }
  }

  private void read(ExchangeTable wanted, Found table) {
    int before = obstacles.size();
    List<Part> tree =
        session.list(
            TREE.formatted(table.oid()),
            row ->
                new Part(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    row.getBoolean(6)));
    tree.forEach(this::look);
    compareColumns(wanted, table.oid());
    if (obstacles.size() == before) {
      List<String> key = session.list(KEY.formatted(table.oid()), row -> row.getString(1));
      List<Long> oids = tree.stream().map(Part::oid).toList();
      tables.add(
          new LiveTable(
              wanted, table.oid(), table.kind().equals("p"), oids, key, tables.size() + 1));
    }
  }

  private void look(Part part) {
    if (!part.kind().equals("r") && !part.kind().equals("p")) {
      obstacles.add("%s has its rows elsewhere: they are not in the backup".formatted(part.name()));
    }
    if (!part.owned()) {
      obstacles.add(
          "table "
              + part.name()
              + " belongs to somebody else: connect as its owner, as triggers and foreign keys have"
              + " to be kept from firing");
    }
    if (part.forced()) {
      obstacles.add(
          "table "
              + part.name()
              + " hides rows from its owner too (FORCE ROW LEVEL SECURITY): connect as a user with"
              + " BYPASSRLS");
    }
    if (part.rules()) {
      obstacles.add(
          "table %s has rules, which would rewrite what is done to it: drop them first"
              .formatted(part.name()));
    }
  }

  private void compareColumns(ExchangeTable wanted, long oid) {
    Set<ExchangeTable.Column> now =
        new HashSet<>(
            session.list(
                COLUMNS.formatted(oid),
                row -> new ExchangeTable.Column(row.getString(1), row.getString(2))));
    Set<ExchangeTable.Column> then = new HashSet<>(wanted.columns());
    if (!now.equals(then)) {
      Set<ExchangeTable.Column> onlyThen = new HashSet<>(then);
      onlyThen.removeAll(now);
      now.removeAll(then);
      obstacles.add(
          "table %s has other columns than in the backup (now %s; then %s), perhaps from a migration: "
                  .formatted(wanted.name(), told(now), told(onlyThen))
              + "restore it beside with 'restore-tables', and carry its rows over by hand");
    }
  }

  private static String told(Set<ExchangeTable.Column> columns) {
    return columns.isEmpty()
        ? "none more"
        : String.join(
            ", ", columns.stream().map(each -> each.name() + " " + each.type()).sorted().toList());
  }
}
