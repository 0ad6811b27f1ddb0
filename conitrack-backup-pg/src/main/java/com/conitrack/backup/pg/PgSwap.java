package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.SwapReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Renames two databases in one transaction. {@code ALTER DATABASE … RENAME} locks the database
 * against new sessions until the transaction ends, then waits about five seconds for those that are
 * there (PostgreSQL source, {@code RenameDatabase} and {@code CountOtherDBBackends}); a second
 * session ends them meanwhile. Clients that arrive wait for the lock; when they get it, the server
 * sees that their database was renamed and refuses them, so that their next attempt is in the new
 * one.
 */
final class PgSwap {
  private static final int MAX_ATTEMPTS = 5;
  private static final int MAX_LOOKS = 60;
  private static final long LOOK_MILLIS = 500;

  private static final String OID = "SELECT oid FROM pg_catalog.pg_database WHERE datname = ?";

  private final Maintenance maintenance;
  private final DatabaseSwap swap;
  private final String what;

  PgSwap(Maintenance maintenance, DatabaseSwap swap) {
    this.maintenance = maintenance;
    this.swap = swap;
    this.what =
        "unable to put database '"
            + swap.fresh()
            + "' into the place of "
            + Names.databaseOn(maintenance.target().withDatabase(swap.live()));
  }

  SwapReport execute() {
    int ended = 0;
    for (int attempt = 1; ; attempt++) {
      try (Session session = open();
          SessionEnder ender = new SessionEnder(this::open)) {
        try {
          return attempt(session, ender, ended);
        } catch (DatabaseException e) {
          ended += ender.ended();
          boolean mayPass = e.kind() == ErrorKind.LOCKED && ender.refusal().isEmpty();
          if (!mayPass || attempt == MAX_ATTEMPTS) {
            throw explained(e, ender);
          }
        }
      }
    }
  }

  private Session open() {
    return maintenance.open(what, Set.of(swap.live(), swap.fresh(), swap.aside()));
  }

  private SwapReport attempt(Session session, SessionEnder ender, int endedBefore) {
    long live = oid(session, swap.live());
    long fresh = oid(session, swap.fresh());
    requireFree(session);
    SwapObstacles.requireNone(session, swap.live(), what);
    session.execute("BEGIN");
    session.execute("SET LOCAL lock_timeout = '10s'");
    session.execute(DurableCommit.STATEMENT);
    List<String> remarks =
        swap.carrySettings() ? new CarriedSettings(session, live, swap.fresh()).carry() : List.of();
    moveTemplateMark(session, live);
    long began = System.nanoTime();
    ender.start(live, fresh);
    rename(session, swap.live(), swap.aside());
    rename(session, swap.fresh(), swap.live());
    commit(session, fresh);
    Duration window = Duration.ofNanos(System.nanoTime() - began);
    ender.close();
    return new SwapReport(window, endedBefore + ender.ended(), remarks);
  }

  /** It goes with the name, there and back: what is put aside could not be dropped with it. */
  private void moveTemplateMark(Session session, long live) {
    boolean marked =
        session
            .first(
                "SELECT datistemplate FROM pg_catalog.pg_database WHERE oid::bigint = ?",
                row -> row.getBoolean(1),
                live)
            .orElse(false);
    if (marked) {
      session.execute("ALTER DATABASE " + Sql.identifier(swap.live()) + " IS_TEMPLATE false");
      session.execute("ALTER DATABASE " + Sql.identifier(swap.fresh()) + " IS_TEMPLATE true");
    }
  }

  private static void rename(Session session, String from, String to) {
    session.execute("ALTER DATABASE " + Sql.identifier(from) + " RENAME TO " + Sql.identifier(to));
  }

  private long oid(Session session, String name) {
    return session
        .first(OID, row -> row.getLong(1), name)
        .orElseThrow(
            () ->
                new DatabaseException(
                    ErrorKind.NOT_FOUND, what, "there is no database '" + name + "'", null));
  }

  private void requireFree(Session session) {
    if (session.first(OID, row -> row.getLong(1), swap.aside()).isPresent()) {
      throw new DatabaseException(
          ErrorKind.ALREADY_EXISTS,
          what,
          "there is already a database '" + swap.aside() + "'",
          "choose another name for the old one, or drop that database");
    }
  }

  /** Where the connection is lost with COMMIT on its way, the server is asked how it ended. */
  private void commit(Session session, long fresh) {
    try {
      session.execute("COMMIT");
    } catch (DatabaseException e) {
      if (!hasMoved(fresh, e)) {
        throw e;
      }
    }
  }

  private boolean hasMoved(long fresh, DatabaseException failure) {
    for (int look = 1; look <= MAX_LOOKS; look++) {
      try (Session session = open()) {
        Optional<Long> live = session.first(OID, row -> row.getLong(1), swap.live());
        return live.isPresent() && live.get() == fresh;
      } catch (DatabaseException e) {
        pause();
      }
    }
    throw new DatabaseException(
        ErrorKind.CONNECTION,
        what,
        "the connection was lost while COMMIT was on its way: " + failure.why(),
        "look at the server's databases: either both names have moved or none has",
        failure);
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException(
          ErrorKind.CANCELLED,
          what,
          "the thread was interrupted while it asked the server how COMMIT had ended",
          "look at the server's databases: either both names have moved or none has",
          e);
    }
  }

  private DatabaseException explained(DatabaseException e, SessionEnder ender) {
    String refused = ender.refusal();
    if (e.kind() != ErrorKind.LOCKED || refused.isEmpty()) {
      return e;
    }
    return new DatabaseException(
        ErrorKind.LOCKED,
        what,
        e.why() + "; they could not be ended: " + refused,
        "connect as a user who may end them (a superuser, or GRANT pg_signal_backend TO <user>),"
            + " or stop the application first",
        e);
  }
}
