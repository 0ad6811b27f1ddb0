package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.SwapReport;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The databases of a server, worked on from its maintenance database. */
final class PgServer implements DatabaseServer {
  private static final int FORCE_SINCE = 13;

  /**
   * With a limit of -2 a deletion was interrupted: it can only be deleted (DROP DATABASE). A user's
   * own database may be marked as a template too, and is one in use all the same.
   */
  private static final String DATABASES =
      """
      SELECT d.datname, r.rolname, shobj_description(d.oid, 'pg_database'),
             CASE WHEN has_database_privilege(d.oid, 'CONNECT') THEN pg_database_size(d.oid) ELSE 0 END
        FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
       WHERE d.datallowconn AND d.datname NOT IN ('template0', 'template1') AND d.datconnlimit <> -2
      """;

  private final Maintenance maintenance;
  private final Function<String, Database> databases;

  PgServer(Maintenance maintenance, Function<String, Database> databases) {
    this.maintenance = maintenance;
    this.databases = databases;
  }

  @Override
  public List<DatabaseDescription> databases() {
    String what = "unable to list the databases on " + maintenance.target().server();
    try (Session session = maintenance.read(what)) {
      return session
          .list(
              DATABASES,
              row ->
                  new DatabaseDescription(
                      row.getString(1), row.getString(2), row.getString(3), row.getLong(4)))
          .stream()
          .sorted(Comparator.comparing(DatabaseDescription::name))
          .toList();
    }
  }

  @Override
  public Database database(String name) {
    return databases.apply(name);
  }

  @Override
  public void create(NewDatabase database) {
    String what = what("create", database.name());
    try (Session session = maintenance.open(what, Set.of(database.name()))) {
      session.execute(CreateDatabase.statement(database, session, what));
      String text = database.comment();
      if (text != null) {
        session.execute(commentOn(database.name(), text));
      }
    }
  }

  @Override
  public void comment(String name, String text) {
    String what = what("comment on", name);
    try (Session session = maintenance.open(what, Set.of())) {
      if (!isThere(session, name)) { // The server only warns.
        throw new DatabaseException(
            ErrorKind.NOT_FOUND, what, "there is no database of that name", "check the name");
      }
      session.execute(commentOn(name, text));
    }
  }

  private static boolean isThere(Session session, String name) {
    return !session
        .strings("SELECT 1 FROM pg_catalog.pg_database WHERE datname = ?", name)
        .isEmpty();
  }

  static String commentOn(String name, String text) {
    return "COMMENT ON DATABASE " + Sql.identifier(name) + " IS " + Sql.literal(text);
  }

  @Override
  public boolean drop(String name) {
    String what = what("drop", name);
    try (Session session = maintenance.open(what, Set.of(name))) {
      if (!isThere(session, name)) {
        return false;
      }
      dropSubscriptions(session, name);
      boolean force = session.serverVersion().major() >= FORCE_SINCE;
      if (!force) {
        session.strings(
            "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                + " WHERE datname = ?",
            name);
      }
      session.execute(
          "DROP DATABASE IF EXISTS " + Sql.identifier(name) + (force ? " WITH (FORCE)" : ""));
      return true;
    }
  }

  /**
   * A restored database holds the subscriptions of the original, disabled, and cannot be dropped
   * with them. Their slots on the publisher belong to the original and stay.
   */
  private void dropSubscriptions(Session session, String name) {
    List<String> subscriptions =
        session.strings(
            "SELECT subname FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d"
                + " ON d.oid = s.subdbid WHERE datname = ? AND NOT subenabled",
            name);
    if (subscriptions.isEmpty()) {
      return;
    }
    Jdbc inside = new Jdbc(maintenance.target().withDatabase(name));
    try (Session within = inside.openNamed(Jdbc.APPLICATION, what("drop", name))) {
      within.execute("SET default_transaction_read_only = off"); // The database may have it on.
      for (String subscription : subscriptions) {
        String quoted = Sql.identifier(subscription);
        within.execute("ALTER SUBSCRIPTION " + quoted + " SET (slot_name = NONE)");
        within.execute("DROP SUBSCRIPTION " + quoted);
      }
    }
  }

  /** Asked from within: there may be no other database that the user may connect to. */
  @Override
  public List<String> swapObstacles(String live) {
    try (Session session = new Jdbc(maintenance.target()).open(what("look at", live))) {
      return SwapObstacles.lasting(session, live);
    }
  }

  @Override
  public SwapReport swap(DatabaseSwap swap) {
    return new PgSwap(maintenance, swap).execute();
  }

  private String what(String verb, String name) {
    return "unable to "
        + verb
        + " database "
        + Names.databaseOn(maintenance.target().withDatabase(name));
  }
}
