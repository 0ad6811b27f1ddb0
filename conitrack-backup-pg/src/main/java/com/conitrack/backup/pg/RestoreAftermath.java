package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseRestorer.Fate;
import java.util.concurrent.TimeUnit;

/**
 * Tidies up after a restore that went wrong: ends psql's session on the server, which may be busy
 * with a long statement and notice late that psql has gone, and finds out how its transaction
 * ended.
 */
final class RestoreAftermath {
  private static final String WHAT = "unable to find out how a restore ended";
  private static final int MAX_POLLS = 100;
  private static final long POLL_MILLIS = 100;

  /** A server of which one session was killed ends all of them and recovers first. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Jdbc jdbc;
  private final RestoreDialogue dialogue;
  private final long deadline;

  RestoreAftermath(Jdbc jdbc, RestoreDialogue dialogue) {
    this.jdbc = jdbc;
    this.dialogue = dialogue;
    this.deadline = System.nanoTime() + PATIENCE_NANOS;
  }

  /** Ends the session if it is still there, and waits a while until it is gone. */
  void endSession() {
    if (dialogue.backend() == 0) {
      return;
    }
    boolean interrupted = Thread.interrupted(); // Waiting here is short and worth it.
    try (Session session = openOnceItAnswers()) {
      for (int i = 0; i < MAX_POLLS && isThere(session); i++) {
        session.strings("SELECT pg_terminate_backend(?)", (int) dialogue.backend());
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (DatabaseException e) {
      // The server cannot be asked; a session without COMMIT ends in a rollback all the same.
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The number alone could be another session's by now; transaction or beginning tell. */
  private boolean isThere(Session session) {
    if (dialogue.transaction() == 0) {
      return !session
          .strings(
              "SELECT 1 FROM pg_stat_activity WHERE pid = ? AND "
                  + RestoreDialogue.BEGAN
                  + "::text = ?",
              (int) dialogue.backend(),
              dialogue.began())
          .isEmpty();
    }
    return !session
        .strings(
            "SELECT 1 FROM pg_locks WHERE pid = ? AND locktype = 'transactionid'"
                + " AND mode = 'ExclusiveLock' AND transactionid::text::bigint = ?",
            (int) dialogue.backend(),
            dialogue.transaction() & 0xFFFF_FFFFL)
        .isEmpty();
  }

  private Session openOnceItAnswers() throws InterruptedException {
    while (true) {
      try {
        return jdbc.open(WHAT);
      } catch (DatabaseException e) {
        if (e.kind() != ErrorKind.CONNECTION || System.nanoTime() - deadline > 0) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  Fate outcome() {
    if (!dialogue.wasCommitting() || dialogue.transaction() == 0) {
      return Fate.ROLLED_BACK; // Never asked to commit, or never even begun.
    }
    if (dialogue.committed()) {
      return Fate.COMMITTED;
    }
    try {
      return fateOf(jdbc, Long.toString(dialogue.transaction()));
    } catch (DatabaseException e) {
      return Fate.UNKNOWN;
    }
  }

  /** How a transaction ended whose number that is. */
  static Fate fateOf(Jdbc jdbc, String transaction) {
    if (!transaction.matches("[1-9]\\d{0,17}")) {
      return Fate.UNKNOWN;
    }
    try (Session session = jdbc.open(WHAT)) {
      return session
          .first(
              "SELECT coalesce(txid_status(?), '')",
              row -> row.getString(1),
              Long.parseLong(transaction))
          .map(RestoreAftermath::fate)
          .orElse(Fate.UNKNOWN);
    } catch (DatabaseException e) {
      if (e.kind() == ErrorKind.DATABASE) {
        return Fate.UNKNOWN; // A number that the server has not given out yet.
      }
      throw e;
    }
  }

  private static Fate fate(String status) {
    return switch (status) {
      case "committed" -> Fate.COMMITTED;
      case "aborted" -> Fate.ROLLED_BACK;
      default -> Fate.UNKNOWN;
    };
  }

  DatabaseException unknown(RuntimeException failure) {
    ErrorKind kind =
        failure instanceof DatabaseException known ? known.kind() : ErrorKind.CONNECTION;
    return new DatabaseException(
        kind,
        WHAT,
        "the connection was lost while COMMIT was on its way: " + failure.getMessage(),
        "look at the database before anything else: it holds either all of the restore or nothing"
            + " of it",
        failure);
  }
}
