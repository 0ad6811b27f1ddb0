package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.TableName;
import java.util.HashMap;
import java.util.Map;

/**
 * What can make loading a table depend on another, read from the catalogue once the tables are
 * there.
 */
final class TableFacts {
  /**
   * What is executed for each row may read other tables where it calls functions of the user's: in
   * checks, in those of domains, in generated columns, in partition bounds, in triggers and rules.
   * Objects that came with the server have numbers below 16384 (PostgreSQL documentation, "System
   * Catalog Declarations and Initial Contents") and are trusted. The attribute of generated columns
   * is read as JSON because servers before 12 have none.
   */
  private static final String FACTS =
      """
      WITH calls AS (
        SELECT classid, objid FROM pg_depend
         WHERE refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass) AND refobjid >= 16384
      ), checked AS (
        SELECT conrelid, contypid FROM pg_constraint
         WHERE contype IN ('c', 'n') AND oid IN (SELECT objid FROM calls WHERE classid = 'pg_constraint'::regclass)
      ), generated AS (
        SELECT d.adrelid FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
         WHERE d.oid IN (SELECT objid FROM calls WHERE classid = 'pg_attrdef'::regclass)
           AND coalesce(to_jsonb(a) ->> 'attgenerated', '') <> ''
      ), parents AS (
        SELECT EXISTS (SELECT FROM pg_class p WHERE p.relkind = 'p'
          AND p.oid IN (SELECT objid FROM calls WHERE classid = 'pg_class'::regclass)) AS calling
      ), domains AS (SELECT EXISTS (SELECT FROM checked WHERE contypid <> 0) AS calling)
      SELECT n.nspname, c.relname,
             c.relkind <> 'r' OR c.relhasrules OR c.relhastriggers
               OR c.oid IN (SELECT conrelid FROM checked) OR c.oid IN (SELECT adrelid FROM generated)
               OR parents.calling AND c.relispartition
               OR domains.calling AND EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                    WHERE a.attrelid = c.oid AND t.oid >= 16384 AND t.typtype <> 'e') AS dependent,
             c.oid IN (SELECT inhparent FROM pg_inherits) OR c.relkind = 'p' AS parent,
             c.oid IN (SELECT inhrelid FROM pg_inherits) AS child
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, parents, domains
       WHERE c.relkind IN ('r', 'p', 'm', 'f') AND c.oid >= 16384
      """;

  /** Of a table nobody knows, the worst is taken for true. */
  private static final Facts UNKNOWN = new Facts(true, true, true);

  private record Facts(boolean dependent, boolean parent, boolean child) {}

  private final Map<TableName, Facts> tables;

  private TableFacts(Map<TableName, Facts> tables) {
    this.tables = tables;
  }

  static TableFacts read(Jdbc jdbc, String what) {
    Map<TableName, Facts> tables = new HashMap<>();
    try (Session session = jdbc.open(what)) {
      session.list(
          FACTS,
          row ->
              tables.put(
                  new TableName(row.getString(1), row.getString(2)),
                  new Facts(row.getBoolean(3), row.getBoolean(4), row.getBoolean(5))));
    }
    return new TableFacts(tables);
  }

  /** Whether loading its rows may read or change what is not theirs. */
  boolean isDependent(TableName table) {
    return of(table).dependent();
  }

  /** Whether others are its partitions or inherit from it: what locks it may lock them. */
  boolean isParent(TableName table) {
    return of(table).parent();
  }

  /** Whether it has part in inheritance or partitioning at all. */
  boolean isRelated(TableName table) {
    return of(table).parent() || of(table).child();
  }

  private Facts of(TableName table) {
    return tables.getOrDefault(table, UNKNOWN);
  }
}
