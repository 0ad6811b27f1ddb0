package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pooler between us and the server, such as PgBouncer. In its transaction mode a session's locks
 * stay with a server process that the next transaction of anybody may get (PgBouncer documentation,
 * "SQL feature map for pooling modes"): whoever gets it holds the lock, too.
 */
final class Pooler {
  private static final Logger LOG = LoggerFactory.getLogger(Pooler.class);

  /** Poolers hand out the process that became idle last; other clients may come in between. */
  private static final int TRIALS = 5;

  private Pooler() {}

  /**
   * Refuses to work where two sessions, both open, are seen with one process of the server.
   *
   * @throws DatabaseException kind {@code CONFIGURATION}, with the remedy
   */
  static void refuseIfSessionsAreShared(Session session, Jdbc jdbc, String what) {
    if (session.isDirect()) {
      return;
    }
    try (Session other = jdbc.openForLock(Jdbc.APPLICATION, what)) {
      for (int trial = 0; trial < TRIALS; trial++) {
        if (session.serverProcess() == other.serverProcess()) {
          throw new DatabaseException(
              ErrorKind.CONFIGURATION,
              what,
              "a pooler such as PgBouncer stands before it and shares sessions between clients,"
                  + " so that no lock would keep runners apart",
              "connect to the server itself, by its own host and port, instead of to the pooler");
        }
      }
    }
    LOG.warn(
        "a pooler stands before {}; it seems to keep sessions apart (session mode): connect to the"
            + " server itself if you can",
        jdbc.target().server());
  }
}
