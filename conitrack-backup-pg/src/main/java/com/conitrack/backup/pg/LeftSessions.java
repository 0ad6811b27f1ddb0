package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sessions of psql that a restore has left in a database. When the program that feeds psql is
 * killed, psql notices at the next read of its input, and the server at the next word to psql:
 * while a statement runs or waits for a lock, that can take as long as the statement.
 */
final class LeftSessions {
  /** What psql's sessions are called while they restore, and no others. */
  static final String APPLICATION = Jdbc.APPLICATION + " restore";

  private static final String SESSIONS =
      """
      SELECT pid FROM pg_catalog.pg_stat_activity
       WHERE datname = pg_catalog.current_database() AND application_name = ?
      """;

  private static final int MAX_POLLS = 600;
  private static final long POLL_MILLIS = 50;

  private final Jdbc jdbc;

  LeftSessions(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** Ends them and waits until they are gone; says how many there were. */
  int end() {
    String what =
        "unable to end what an interrupted restore left in database "
            + Names.databaseOn(jdbc.target());
    Set<Integer> seen = new HashSet<>();
    try (Session session = jdbc.open(what)) {
      for (int poll = 0; poll < MAX_POLLS; poll++) {
        List<Integer> there = session.list(SESSIONS, row -> row.getInt(1), APPLICATION);
        if (there.isEmpty()) {
          return seen.size();
        }
        there.forEach(pid -> session.strings("SELECT pg_terminate_backend(?)", pid));
        seen.addAll(there);
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException(
          ErrorKind.CANCELLED, what, "the thread was interrupted while waiting", null, e);
    }
    throw new DatabaseException(
        ErrorKind.LOCKED,
        what,
        "sessions of psql are still there: " + seen,
        "end them on the server (pg_terminate_backend), then try again");
  }
}
