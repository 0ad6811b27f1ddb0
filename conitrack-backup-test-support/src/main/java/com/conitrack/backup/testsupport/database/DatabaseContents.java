package com.conitrack.backup.testsupport.database;

import com.conitrack.backup.core.model.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a PostgreSQL database holds, asked of the server itself and of none of this library's code,
 * so that it can judge it.
 *
 * @param rowCounts {@code SELECT count(*) FROM ONLY} for every ordinary and partitioned table
 * @param digests MD5 over the ordered rows of each of those tables, itself only
 * @param sequences last value of every sequence, and whether it was handed out
 * @param largeObjects MD5 of every large object by its number
 */
public record DatabaseContents(
    SortedMap<TableName, Long> rowCounts,
    SortedMap<TableName, String> digests,
    SortedMap<TableName, String> sequences,
    SortedMap<Long, String> largeObjects) {
  private static final String TABLES = relations("'r', 'p'");
  private static final String SEQUENCES = relations("'S'");

  /** What {@code connection}'s database holds, as far as its user may read it. */
  public static DatabaseContents of(Connection connection) throws SQLException {
    writeValuesAlike(connection);
    List<TableName> tables = names(connection, TABLES);
    return new DatabaseContents(
        each(connection, tables, "SELECT count(*) FROM ONLY %s", Long::valueOf),
        each(connection, tables, DIGEST, Function.identity()),
        each(
            connection,
            names(connection, SEQUENCES),
            "SELECT last_value || CASE WHEN is_called THEN '' ELSE ' (not called)' END FROM %s",
            Function.identity()),
        largeObjects(connection));
  }

  /**
   * {@code SELECT count(*) FROM} for every ordinary and partitioned table: with the rows of its
   * partitions and inheriting tables.
   */
  public static SortedMap<TableName, Long> totalRowCounts(Connection connection)
      throws SQLException {
    List<TableName> tables = names(connection, TABLES);
    return each(connection, tables, "SELECT count(*) FROM %s", Long::valueOf);
  }

  // The alias is one that no column has: a column would hide the row of the same name.
  private static final String DIGEST =
      """
      SELECT coalesce(md5(string_agg(digest, '' ORDER BY digest)), 'empty')
      FROM (SELECT md5("the whole row"::text) FROM ONLY %s AS "the whole row") AS rows (digest)\
      """;

  private static String relations(String kinds) {
    return """
    SELECT nspname, relname
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE relkind IN (%s) AND nspname NOT LIKE 'pg\\_%%' AND nspname <> 'information_schema'\
    """
        .formatted(kinds);
  }

  /** Settings of a database or role may change the text of a value; here they do not. */
  private static void writeValuesAlike(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET DateStyle = ISO; SET IntervalStyle = postgres; SET TimeZone = 'UTC';"
              + " SET bytea_output = hex; SET extra_float_digits = 1");
    }
  }

  private static List<TableName> names(Connection connection, String sql) throws SQLException {
    SortedMap<TableName, Boolean> found = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.put(new TableName(rows.getString(1), rows.getString(2)), true);
      }
    }
    return List.copyOf(found.keySet());
  }

  private static <T> SortedMap<TableName, T> each(
      Connection connection, List<TableName> names, String sql, Function<String, T> reading)
      throws SQLException {
    SortedMap<TableName, T> found = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (TableName name : names) {
        try (ResultSet row = statement.executeQuery(sql.replace("%s", name.toSql()))) {
          row.next();
          found.put(name, reading.apply(row.getString(1)));
        }
      }
    }
    return found;
  }

  private static SortedMap<Long, String> largeObjects(Connection connection) throws SQLException {
    SortedMap<Long, String> found = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT oid, md5(lo_get(oid)) FROM pg_largeobject_metadata")) {
      while (rows.next()) {
        found.put(rows.getLong(1), rows.getString(2));
      }
    }
    return found;
  }
}
