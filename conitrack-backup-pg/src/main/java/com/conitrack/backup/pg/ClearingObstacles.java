package com.conitrack.backup.pg;

import java.util.ArrayList;
import java.util.List;

/** What keeps a database from being cleared, or its user from doing so, one sentence each. */
final class ClearingObstacles {
  private static final String FOREIGN_SCHEMAS =
      """
      SELECT quote_ident(n.nspname), quote_ident(pg_catalog.pg_get_userbyid(n.nspowner)), quote_ident(current_user)
        FROM pg_catalog.pg_namespace n
       WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
         AND NOT pg_catalog.pg_has_role(n.nspowner, 'USAGE')
         AND (n.nspname = 'public' OR EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')))
       ORDER BY 1
      """;

  /** They would go with their schema, and could not be made again. */
  private static final String LOST_EXTENSIONS =
      """
      SELECT quote_ident(e.extname), quote_ident(n.nspname)
        FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
        JOIN pg_catalog.pg_available_extension_versions v ON v.name = e.extname AND v.version = e.extversion
       WHERE e.extname <> 'plpgsql' AND n.nspname <> 'pg_catalog'
         AND v.superuser AND NOT coalesce((to_jsonb(v) ->> 'trusted')::boolean, false)
         AND NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
         AND (pg_catalog.pg_has_role(n.nspowner, 'USAGE') OR pg_catalog.pg_has_role(e.extowner, 'USAGE'))
       ORDER BY 1
      """;

  /** Everybody may read these columns; the one with the password is not among them. */
  private static final String SUBSCRIPTIONS =
      """
      SELECT quote_ident(s.subname) FROM pg_catalog.pg_subscription s
        JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
       WHERE d.datname = pg_catalog.current_database() ORDER BY 1
      """;

  private ClearingObstacles() {}

  static List<String> in(Session session) {
    List<String> found = new ArrayList<>();
    found.addAll(
        session.list(
            FOREIGN_SCHEMAS,
            row ->
                "schema %s belongs to role %s, so that it cannot be cleared: ALTER SCHEMA %s OWNER TO %s"
                    .formatted(
                        row.getString(1), row.getString(2), row.getString(1), row.getString(3))));
    found.addAll(
        session.list(
            LOST_EXTENSIONS,
            row ->
                "extension %s would go with schema %s, and only a superuser may make it again: ALTER"
                        .formatted(row.getString(1), row.getString(2))
                    + " EXTENSION %s SET SCHEMA to one that is a superuser's"
                        .formatted(row.getString(1))));
    found.addAll(
        session.list(
            SUBSCRIPTIONS,
            row ->
                "subscription %1$s cannot be dropped in a transaction: DROP SUBSCRIPTION %1$s"
                        .formatted(row.getString(1))
                    + ", which also drops its slot on the publisher; a restore brings it back"
                    + " disabled and without a slot"));
    return found;
  }
}
