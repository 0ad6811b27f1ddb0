package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.DumpDemands;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.port.DatabaseInspector;
import com.conitrack.backup.core.port.LoadPlace;
import com.conitrack.backup.core.port.QueryAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the database through JDBC. */
final class PgInspector implements DatabaseInspector {
  private final Jdbc jdbc;
  private final GlobalsReader globals;

  PgInspector(Jdbc jdbc, GlobalsReader globals) {
    this.jdbc = jdbc;
    this.globals = globals;
  }

  @Override
  public DatabaseFacts inspect() {
    try (Session session = open("inspect")) {
      return new DatabaseFacts(
          jdbc.target().database(),
          jdbc.target().server(),
          systemIdentifier(session),
          session.serverVersion(),
          size(session),
          session.strings("SHOW server_encoding").get(0),
          SchemaVersion.newest(session));
    }
  }

  @Override
  public Requirements requirements() {
    try (Session session = open("read the requirements of")) {
      return new RequirementsReader(session, globals).read();
    }
  }

  @Override
  public List<String> missing(Requirements requirements) {
    try (Session session = open("compare requirements with")) {
      return new MissingRequirements(session, jdbc.target()).of(requirements);
    }
  }

  @Override
  public List<String> missing(Requirements requirements, LoadPlace place) {
    try (Session session = open("compare requirements with")) {
      List<String> missing =
          new ArrayList<>(new MissingRequirements(session, jdbc.target()).of(requirements));
      DumpDemands demands = requirements.demands();
      if (demands != null) {
        missing.addAll(new MissingRights(session, place).of(demands));
      }
      return missing;
    }
  }

  @Override
  public Set<String> unknownSettings(Collection<String> names) {
    if (names.isEmpty()) {
      return Set.of();
    }
    try (Session session = open("look at the settings of")) {
      return Settings.unknown(session, names);
    }
  }

  @Override
  public List<String> userObjects() {
    try (Session session = open("look for objects in")) {
      return UserObjects.in(session);
    }
  }

  @Override
  public QueryAnswer query(String sql, Duration timeout) {
    String what = "unable to query database " + Names.databaseOn(jdbc.target());
    try (Session session = jdbc.openNamed(Jdbc.APPLICATION, what)) {
      session.execute("SET default_transaction_read_only = on");
      session.execute("SET statement_timeout = " + Math.max(1, timeout.toMillis()));
      session.execute("BEGIN READ ONLY");
      List<QueryAnswer> rows = session.list(sql, row -> new QueryAnswer(true, row.getString(1)));
      return rows.isEmpty() ? new QueryAnswer(false, null) : rows.get(0);
    }
  }

  private Session open(String verb) {
    return jdbc.open("unable to " + verb + " database " + Names.databaseOn(jdbc.target()));
  }

  private static @Nullable String systemIdentifier(Session session) {
    try {
      return session.strings("SELECT system_identifier::text FROM pg_control_system()").get(0);
    } catch (DatabaseException e) {
      return null; // Managed services keep it to themselves.
    }
  }

  private static long size(Session session) {
    try {
      return session
          .first("SELECT pg_database_size(current_database())", row -> row.getLong(1))
          .orElse(0L);
    } catch (DatabaseException e) {
      return 0;
    }
  }
}
