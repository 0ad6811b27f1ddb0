package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.List;

/**
 * Finds out what a dump was not allowed to read. pg_dump names the first table only, and in the
 * server's language; the catalogue tells all of them, in any.
 */
final class DumpDiagnosis {
  private static final int NAMED = 10;

  private static final String TABLES =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'S', 'm', 'f')
         AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
         AND %s
       ORDER BY 1
      """;

  private static final String UNREADABLE =
      TABLES.formatted(
          "NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))");

  private static final String FILTERED = TABLES.formatted("row_security_active(c.oid)");

  private final Jdbc jdbc;

  private DumpDiagnosis(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  static DumpDiagnosis of(Jdbc jdbc) {
    return new DumpDiagnosis(jdbc);
  }

  /** A better account of {@code error} if the database has one, else {@code error} itself. */
  DatabaseException explain(DatabaseException error) {
    if (error.kind() != ErrorKind.PERMISSION && error.kind() != ErrorKind.DATABASE) {
      return error;
    }
    try (Session session = jdbc.open(error.what())) {
      List<String> unreadable = session.strings(UNREADABLE);
      if (!unreadable.isEmpty()) {
        return denied(error, unreadable);
      }
      List<String> filtered = session.strings(FILTERED);
      return filtered.isEmpty() ? error : secured(error, filtered);
    } catch (DatabaseException e) {
      error.addSuppressed(e);
      return error;
    }
  }

  private DatabaseException denied(DatabaseException error, List<String> tables) {
    String user = Names.quoted(jdbc.target().user());
    return new DatabaseException(
        ErrorKind.PERMISSION,
        error.what(),
        error.why() + "; user " + user + " may not read " + some(tables),
        "as a superuser: GRANT pg_read_all_data TO "
            + user
            + " (PostgreSQL 14 and later), or as the owner: GRANT USAGE ON SCHEMA and GRANT SELECT"
            + " ON ALL TABLES and ALL SEQUENCES IN SCHEMA",
        error);
  }

  private DatabaseException secured(DatabaseException error, List<String> tables) {
    String user = Names.quoted(jdbc.target().user());
    return new DatabaseException(
        ErrorKind.PERMISSION,
        error.what(),
        error.why() + "; row-level security hides rows from user " + user + " in " + some(tables),
        "dump as the tables' owner, or as a superuser: ALTER ROLE "
            + user
            + " BYPASSRLS; a dump without the hidden rows would be no backup",
        error);
  }

  private static String some(List<String> names) {
    String listed = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? listed + " and " + (names.size() - NAMED) + " more" : listed;
  }
}
