package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.TableChange;
import java.util.List;

/** Compares one table with its rows of the backup, and makes it equal; all on the server. */
final class RowDifference {
  private static final int MOST_KEYS = 5;

  /** Rows without a key are numbered among those equal to them. */
  private static final String COMPARE =
      """
      CREATE TEMPORARY TABLE %1$s ON COMMIT DROP AS
      SELECT l.rel, l.tid, b.tid AS src, coalesce(l.k, b.k) AS k,
             pg_catalog.hashtextextended(ROW(l.k, l.t, b.k, b.t)::text, 0) AS h
        FROM (SELECT tableoid AS rel, ctid AS tid, %2$s AS k, %3$s AS t, %4$s AS n FROM %5$s) l
        FULL JOIN (SELECT ctid AS tid, %2$s AS k, %3$s AS t, %4$s AS n FROM %6$s) b ON l.k = b.k AND l.n = b.n
       WHERE l.t IS DISTINCT FROM b.t
      """;

  private static final String COUNT =
      """
      SELECT (SELECT count(*) FROM %1$s), (SELECT count(*) FROM %2$s),
             count(*) FILTER (WHERE tid IS NULL), count(*) FILTER (WHERE src IS NULL),
             count(*) FILTER (WHERE tid IS NOT NULL AND src IS NOT NULL), coalesce(sum(h::numeric), 0)::text
        FROM %3$s
      """;

  private final TableSession session;
  private final LiveTable table;

  RowDifference(TableSession session, LiveTable table) {
    this.session = session;
    this.table = table;
  }

  /** Makes room for the rows of the backup. */
  void prepare() {
    session.execute(
        "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA"
            .formatted(table.rows(), table.columns(), table.from()));
  }

  /** To be called once they are all there. */
  void loaded() {
    session.execute("ANALYZE " + table.rows());
  }

  TableChange compare() {
    findChanges();
    session.execute("ANALYZE " + table.changes());
    return session
        .list(
            COUNT.formatted(table.from(), table.rows(), table.changes()),
            row ->
                new TableChange(
                    table.wanted().name(),
                    table.key(),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    keys("tid IS NULL"),
                    keys("src IS NULL"),
                    keys("tid IS NOT NULL AND src IS NOT NULL"),
                    row.getString(6)))
        .get(0);
  }

  private void findChanges() {
    session.execute("DROP TABLE IF EXISTS " + table.changes());
    String key = table.keyText();
    String number =
        table.key().isEmpty() ? "row_number() OVER (PARTITION BY " + key + ")" : "1::bigint";
    session.execute(
        COMPARE.formatted(
            table.changes(), key, table.rowText(), number, table.from(), table.rows()));
  }

  private List<String> keys(String which) {
    return table.key().isEmpty()
        ? List.of()
        : session.list(
            "SELECT k FROM %s WHERE %s ORDER BY length(k), k LIMIT %d"
                .formatted(table.changes(), which, MOST_KEYS),
            row -> row.getString(1));
  }

  /** Rows that are altered are among them: another row may get a value of theirs that is unique. */
  void remove() {
    session.change(
        "DELETE FROM %s AS live USING %s AS c WHERE live.tableoid = c.rel AND live.ctid = c.tid"
            .formatted(table.from(), table.changes()));
  }

  /** No join: the table's columns may be called like those of the changes. */
  void add() {
    String columns = table.columns();
    session.change(
        "INSERT INTO %s %s SELECT %s FROM %s AS b WHERE b.ctid IN (SELECT c.src FROM %s AS c)"
            .formatted(
                table.wanted().name().toSql(),
                columns.isEmpty() ? "" : "(" + columns + ") OVERRIDING SYSTEM VALUE",
                columns,
                table.rows(),
                table.changes()));
  }

  /** Whether table and backup have the same rows now. */
  boolean equal() {
    findChanges();
    return session.number("SELECT count(*) FROM " + table.changes()) == 0;
  }
}
