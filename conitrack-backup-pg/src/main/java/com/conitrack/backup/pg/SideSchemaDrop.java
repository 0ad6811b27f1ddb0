package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.SideSchema;
import java.util.ArrayList;
import java.util.List;

/** Drops a schema that we made, unless something outside of it would go with it. */
final class SideSchemaDrop {
  /** Views and foreign keys elsewhere that are made of its tables. */
  private static final String OUTSIDE =
      """
      SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM (
        SELECT r.ev_class AS dependent, d.refobjid AS on_table FROM pg_catalog.pg_depend d
          JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
         WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
        UNION SELECT conrelid, confrelid FROM pg_catalog.pg_constraint WHERE contype = 'f') AS tie
        JOIN pg_catalog.pg_class c ON c.oid = tie.dependent
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_class t ON t.oid = tie.on_table
        JOIN pg_catalog.pg_namespace s ON s.oid = t.relnamespace
       WHERE s.nspname = ? AND n.nspname <> s.nspname ORDER BY 1
      """;

  private final TableSession session;
  private final String name;

  SideSchemaDrop(TableSession session, String name) {
    this.session = session;
    this.name = name;
  }

  void drop() {
    List<String> comments =
        session.list(
            "SELECT coalesce(pg_catalog.obj_description(oid, 'pg_namespace'), '')"
                + " FROM pg_catalog.pg_namespace WHERE nspname = ?",
            row -> row.getString(1),
            name);
    if (comments.isEmpty()) {
      throw new DatabaseException(
          ErrorKind.NOT_FOUND,
          session.what(),
          "there is no such schema",
          "list them with 'conitrack-backup restore-tables --list'");
    }
    if (!comments.get(0).startsWith(SideSchema.MARK)) {
      throw refused("its comment does not say that it was made here", "drop it by hand");
    }
    List<String> outside = new ArrayList<>(session.list(OUTSIDE, row -> row.getString(1), name));
    if (!outside.isEmpty()) {
      throw refused("it is used by " + String.join(", ", outside), "drop that first");
    }
    session.execute("DROP SCHEMA " + Sql.identifier(name) + " CASCADE");
  }

  private DatabaseException refused(String why, String hint) {
    return new DatabaseException(ErrorKind.RULE, session.what(), why, hint);
  }
}
