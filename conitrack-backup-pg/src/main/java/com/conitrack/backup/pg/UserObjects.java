package com.conitrack.backup.pg;

import java.util.List;

/** What a database holds that neither {@code CREATE DATABASE} nor an extension put there. */
final class UserObjects {
  /** Objects numbered lower were made by initdb (PostgreSQL source, "FirstNormalObjectId"). */
  private static final String QUERY =
      """
      WITH of_extension AS (
        SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
      ), found (rank, classid, oid, what, schema) AS (
        SELECT 1, 'pg_namespace'::regclass, oid, 'schema ' || quote_ident(nspname), oid
          FROM pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_(temp|toast)'
        UNION ALL
        SELECT 2, 'pg_class'::regclass, oid,
               CASE relkind WHEN 'r' THEN 'table ' WHEN 'p' THEN 'table ' WHEN 'v' THEN 'view '
                 WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence '
                 WHEN 'f' THEN 'foreign table ' ELSE 'type ' END || format('%I.%I',
               relnamespace::regnamespace::name, relname), relnamespace
          FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
        UNION ALL
        SELECT 3, 'pg_proc'::regclass, oid, 'function ' || oid::regprocedure, pronamespace
          FROM pg_proc WHERE oid >= 16384
        UNION ALL
        SELECT 4, 'pg_type'::regclass, oid, 'type ' || oid::regtype, typnamespace
          FROM pg_type WHERE oid >= 16384 AND typtype IN ('d', 'e', 'r')
        UNION ALL
        SELECT 5, 'pg_event_trigger'::regclass, oid, 'event trigger ' || quote_ident(evtname), 0
          FROM pg_event_trigger WHERE oid >= 16384
        UNION ALL
        SELECT 5, 'pg_publication'::regclass, oid, 'publication ' || quote_ident(pubname), 0
          FROM pg_publication WHERE oid >= 16384
        UNION ALL
        SELECT 6, 'pg_largeobject'::regclass, 0, count(*) || ' large objects', 0
          FROM pg_largeobject_metadata HAVING count(*) > 0
      )
      SELECT what FROM found f
       WHERE NOT EXISTS (SELECT FROM of_extension e WHERE e.classid = f.classid AND e.objid = f.oid)
         AND (SELECT count(*) FROM pg_namespace n
               WHERE n.oid = f.schema AND n.nspname ~ '^pg_(temp|toast)') = 0
       ORDER BY rank, what LIMIT 10
      """;

  private UserObjects() {}

  static List<String> in(Session session) {
    return session.strings(QUERY);
  }
}
