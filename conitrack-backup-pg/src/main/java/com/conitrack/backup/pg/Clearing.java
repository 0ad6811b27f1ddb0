package com.conitrack.backup.pg;

/**
 * Leaves a database as {@code CREATE DATABASE} does, inside the transaction that then loads a dump.
 * Everything is looked up when it runs, so nothing made meanwhile is missed.
 */
final class Clearing {
  /**
   * A subscription cannot be dropped in a transaction without losing its slot, so it is refused.
   * What is dropped with a schema is no news: such notices would look like something to attend to.
   * The schema public is made anew as initdb makes it (PostgreSQL source, initdb.c and
   * pg_namespace.dat; its owner and privileges changed in version 15). What belongs to somebody
   * else, on hosts where the user is no superuser, stays, as far as its schema does: extensions
   * that the host has made, event triggers and publications. Other users' sessions do not tell such
   * a user what they are, so that they count as clients.
   */
  static final String SCRIPT =
      """
      SET LOCAL lock_timeout = '60s';
      SET LOCAL client_min_messages = warning;
      DO $conitrack$
      DECLARE
        each record;
        others text;
      BEGIN
        SELECT string_agg(DISTINCT usename || ' (' || application_name || ')', ', ') INTO others
          FROM pg_catalog.pg_stat_activity
         WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
           AND coalesce(backend_type, CASE WHEN usesysid IS NOT NULL THEN 'client backend' END) = 'client backend'
           AND application_name NOT LIKE 'conitrack-backup%';
        IF others IS NOT NULL THEN
          RAISE EXCEPTION 'others are connected and may be writing: %', others USING HINT = 'stop the application first';
        END IF;
        IF EXISTS (SELECT FROM pg_catalog.pg_stat_subscription s JOIN pg_catalog.pg_subscription p ON p.oid = s.subid
                    WHERE p.subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())) THEN
          RAISE EXCEPTION 'the database has a subscription' USING HINT = 'drop it first';
        END IF;
        FOR each IN SELECT evtname AS name FROM pg_catalog.pg_event_trigger t WHERE NOT EXISTS
            (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_event_trigger'::regclass AND d.objid = t.oid AND d.deptype = 'e')
             AND pg_catalog.pg_has_role(evtowner, 'USAGE') LOOP
          EXECUTE format('DROP EVENT TRIGGER %I', each.name);
        END LOOP;
        FOR each IN SELECT pubname AS name FROM pg_catalog.pg_publication WHERE pg_catalog.pg_has_role(pubowner, 'USAGE') LOOP
          EXECUTE format('DROP PUBLICATION %I', each.name);
        END LOOP;
        FOR each IN SELECT extname AS name FROM pg_catalog.pg_extension
             WHERE extname <> 'plpgsql' AND pg_catalog.pg_has_role(extowner, 'USAGE') LOOP
          EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', each.name);
        END LOOP;
        FOR each IN SELECT fdwname AS name FROM pg_catalog.pg_foreign_data_wrapper WHERE pg_catalog.pg_has_role(fdwowner, 'USAGE') LOOP
          EXECUTE format('DROP FOREIGN DATA WRAPPER IF EXISTS %I CASCADE', each.name);
        END LOOP;
        FOR each IN SELECT nspname AS name FROM pg_catalog.pg_namespace
             WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
               AND pg_catalog.pg_has_role(nspowner, 'USAGE') LOOP
          EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', each.name);
        END LOOP;
        FOR each IN SELECT lanname AS name FROM pg_catalog.pg_language WHERE oid >= 16384 AND pg_catalog.pg_has_role(lanowner, 'USAGE') LOOP
          EXECUTE format('DROP LANGUAGE IF EXISTS %I CASCADE', each.name);
        END LOOP;
        FOR each IN SELECT castsource::regtype AS source, casttarget::regtype AS target FROM pg_catalog.pg_cast WHERE oid >= 16384 LOOP
          EXECUTE format('DROP CAST IF EXISTS (%s AS %s)', each.source, each.target);
        END LOOP;
        FOR each IN SELECT amname AS name FROM pg_catalog.pg_am WHERE oid >= 16384 LOOP
          EXECUTE format('DROP ACCESS METHOD IF EXISTS %I CASCADE', each.name);
        END LOOP;
        PERFORM pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata;
        FOR each IN SELECT d.defaclrole::regrole AS role, CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
               WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' END AS kind,
               CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS grantee
               FROM pg_catalog.pg_default_acl d, LATERAL pg_catalog.aclexplode(d.defaclacl) a
              WHERE d.defaclnamespace = 0 AND a.grantee <> d.defaclrole LOOP
          EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %s REVOKE ALL ON %s FROM %s', each.role, each.kind, each.grantee);
        END LOOP;
        FOR each IN SELECT d.defaclrole::regrole AS role, CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
               WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' END AS kind,
               CASE WHEN d.defaclobjtype = 'T' THEN 'USAGE' WHEN d.defaclobjtype = 'f' THEN 'EXECUTE' END AS usual
               FROM pg_catalog.pg_default_acl d WHERE d.defaclnamespace = 0 LOOP
          EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %s GRANT ALL ON %s TO %s', each.role, each.kind, each.role);
          IF each.usual IS NOT NULL THEN
            EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %s GRANT %s ON %s TO PUBLIC', each.role, each.usual, each.kind);
          END IF;
        END LOOP;
        IF EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'public') THEN
          RAISE EXCEPTION 'the schema public belongs to somebody else' USING HINT = 'ALTER SCHEMA public OWNER TO the user who restores';
        ELSIF pg_catalog.current_setting('server_version_num')::int >= 150000 THEN
          CREATE SCHEMA public AUTHORIZATION pg_database_owner;
          GRANT USAGE ON SCHEMA public TO PUBLIC;
        ELSE
          CREATE SCHEMA public;
          GRANT ALL ON SCHEMA public TO PUBLIC;
        END IF;
        COMMENT ON SCHEMA public IS 'standard public schema';
      END
      $conitrack$;
      """;

  private Clearing() {}
}
