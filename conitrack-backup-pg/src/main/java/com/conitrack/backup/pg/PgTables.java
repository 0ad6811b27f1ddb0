package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.DatabaseTables;
import com.conitrack.backup.core.port.ExchangeRequest;
import com.conitrack.backup.core.port.SideLoad;
import com.conitrack.backup.core.port.SideSchema;
import com.conitrack.backup.core.port.SideTable;
import com.conitrack.backup.core.port.TableExchange;
import java.time.Duration;
import java.util.List;

/** Works on single tables through JDBC. */
final class PgTables implements DatabaseTables {
  /** A large table's index takes its time. */
  private static final Duration LIMIT = Duration.ofDays(1);

  private static final String OURS =
      "SELECT nspname, pg_catalog.obj_description(oid, 'pg_namespace') FROM pg_catalog.pg_namespace"
          + " WHERE pg_catalog.obj_description(oid, 'pg_namespace') LIKE ? ORDER BY nspname";

  private final Jdbc jdbc;

  PgTables(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public SideLoad beside(SideSchema schema, List<SideTable> tables) {
    String what = unable("put tables beside, into schema '" + schema.name() + "' of");
    return PgSideLoad.begin(TableSession.begin(jdbc, what, LIMIT), schema, tables);
  }

  @Override
  public List<SideSchema> sideSchemas() {
    try (Session session = jdbc.open(unable("look for schemas in"))) {
      return session.list(
          OURS,
          row -> new SideSchema(row.getString(1), row.getString(2)),
          SideSchema.MARK.replace("_", "\\_") + "%");
    }
  }

  @Override
  public void dropSideSchema(String name) {
    String what = unable("drop schema '" + name + "' of");
    try (TableSession session = TableSession.begin(jdbc, what, LIMIT)) {
      new SideSchemaDrop(session, name).drop();
      session.commit();
    }
  }

  /** One that writes is called as a restore's sessions are, so that it can be ended like those. */
  @Override
  public TableExchange exchange(ExchangeRequest request) {
    String what =
        "unable to put tables back in place in database " + Names.databaseOn(jdbc.target());
    String name = request.writing() ? LeftSessions.APPLICATION : Jdbc.APPLICATION;
    return PgTableExchange.begin(
        TableSession.begin(jdbc.openDiscreetly(name, what), what, request.timeout()), request);
  }

  private String unable(String verb) {
    return "unable to " + verb + " database " + Names.databaseOn(jdbc.target());
  }
}
