package com.conitrack.backup.pg;

import java.util.Collection;
import java.util.List;

/** How tables are defined, as text, to see that they still are what they were. */
final class TouchedSchema {
  /** Constraints of partitions that come from their parent get names of the server's making. */
  private static final String TEXT =
      """
      WITH w AS (SELECT unnest(string_to_array(?, ',')::oid[]) AS oid)
      SELECT ROW('table', c.oid::regclass, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity,
                 c.relreplident, c.reloptions)::text FROM pg_catalog.pg_class c JOIN w USING (oid)
      UNION ALL
      SELECT ROW('column', a.attrelid::regclass, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
                 a.attidentity, a.attgenerated, a.attacl, pg_catalog.pg_get_expr(d.adbin, d.adrelid))::text
        FROM pg_catalog.pg_attribute a JOIN w ON w.oid = a.attrelid
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT ROW('constraint', c.conrelid::regclass, CASE WHEN c.conparentid = 0 THEN c.conname::text END, c.contype,
                 c.confrelid::regclass, c.convalidated, c.condeferrable, c.condeferred, c.connoinherit, c.conislocal,
                 pg_catalog.pg_get_constraintdef(c.oid),
                 pg_catalog.obj_description(c.oid, 'pg_constraint'))::text
        FROM pg_catalog.pg_constraint c WHERE c.conrelid IN (SELECT oid FROM w) OR c.confrelid IN (SELECT oid FROM w)
      UNION ALL
      SELECT ROW('trigger', t.tgrelid::regclass, CASE WHEN NOT t.tgisinternal THEN t.tgname::text END, t.tgenabled,
                 t.tgfoid::regprocedure, t.tgconstrrelid::regclass,
                 CASE WHEN NOT t.tgisinternal THEN pg_catalog.pg_get_triggerdef(t.oid) END)::text
        FROM pg_catalog.pg_trigger t WHERE t.tgrelid IN (SELECT oid FROM w)
      ORDER BY 1
      """;

  private TouchedSchema() {}

  static List<String> read(TableSession session, Collection<Long> oids) {
    return session.list(TEXT, row -> row.getString(1), Oids.join(oids));
  }
}
