package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The version of the application's schema, as Flyway's history table tells it. */
final class SchemaVersion {
  /** Readable tables of that name that have the columns asked for. */
  private static final String HISTORIES =
      """
      SELECT format('%I.%I', n.nspname, c.relname)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relname = 'flyway_schema_history' AND c.relkind IN ('r', 'p')
         AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
         AND 4 = (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid
                  AND a.attname IN ('version', 'success', 'installed_rank', 'installed_on'))
       ORDER BY 1
      """;

  private record Applied(String version, Instant at) {}

  private SchemaVersion() {}

  /** The version applied last, in whichever schema; null if there is none to be read. */
  static @Nullable String newest(Session session) {
    try {
      List<String> histories = session.strings(HISTORIES);
      return histories.stream()
          .map(table -> newestIn(session, table))
          .flatMap(Optional::stream)
          .max(Comparator.comparing(Applied::at))
          .map(Applied::version)
          .orElse(null);
    } catch (DatabaseException e) {
      return null; // Held by a migration, say, or of another shape than Flyway's.
    }
  }

  private static Optional<Applied> newestIn(Session session, String table) {
    return session.first(
        "SELECT version, installed_on FROM "
            + table
            + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1",
        row ->
            new Applied(Objects.requireNonNull(row.getString(1)), row.getTimestamp(2).toInstant()));
  }
}
